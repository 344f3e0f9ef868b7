namespace LoopBus.Models;

/// <summary>Which models there are, and who asks which: section LoopBus:Models.</summary>
public sealed class ModelsOptions
{
    public const string Section = "LoopBus:Models";

    public Dictionary<string, EndpointOptions> Endpoints { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The endpoint of each role, by <see cref="ModelRole"/>.</summary>
    public Dictionary<string, string> Roles { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The same for one loop, where it differs: LoopBus:Models:Loops:&lt;loop&gt;:&lt;role&gt;.</summary>
    public Dictionary<string, Dictionary<string, string>> Loops { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The endpoint that a role of a loop asks; null where none is chosen.</summary>
    public string? EndpointOf(string role, string loop) =>
        Loops.GetValueOrDefault(loop)?.FirstOrDefault(one => string.Equals(one.Key, role, StringComparison.OrdinalIgnoreCase)).Value ?? Roles.GetValueOrDefault(role);
}
