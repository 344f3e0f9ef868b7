namespace LoopBus.Approval.Questions;

/// <summary>What a person typed into the form and which button they pressed.</summary>
internal sealed record Entry
{
    public const string Accept = "accept";
    public const string Reject = "reject";
    public const string Edit = "edit";

    /// <summary>All that was typed, for whoever comes too late with it.</summary>
    public string? Written =>
        string.Join("\n\n", new[] { Comment, Output, Arguments, Fact, Subgoal }.Where(text => !string.IsNullOrWhiteSpace(text))) is { Length: > 0 } text ? text : null;

    public string? Decision { get; init; }

    public string? ActionHash { get; init; }

    public string? Comment { get; init; }

    /// <summary>JSON that stands for the lost result of an effect in doubt.</summary>
    public string? Output { get; init; }

    /// <summary>JSON: other arguments for the action.</summary>
    public string? Arguments { get; init; }

    public string? Fact { get; init; }

    public string? Subgoal { get; init; }

    /// <summary>Names of the invariants that the run may break.</summary>
    public List<string> Relax { get; init; } = [];
}
