namespace LoopBus.Approval.Operators;

/// <summary>What a person may do: a viewer reads, an approver decides, an admin also keeps the operators.</summary>
internal static class Roles
{
    public const string Viewer = "viewer";
    public const string Approver = "approver";
    public const string Admin = "admin";

    /// <summary>The policy of everything that changes something.</summary>
    public const string Deciders = "deciders";

    /// <summary>The policy of the operators' page.</summary>
    public const string Keepers = "keepers";

    public static readonly IReadOnlyList<string> All = [Viewer, Approver, Admin];
}
