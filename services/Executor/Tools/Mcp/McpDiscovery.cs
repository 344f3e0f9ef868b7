using LoopBus.Loops.Json;
using LoopBus.Loops.Tools;
using ModelContextProtocol.Protocol;

namespace LoopBus.Executor.Tools.Mcp;

/// <summary>Reads what a server says of its tools as descriptors, and tells how two descriptors of one tool differ: pure rules.</summary>
internal static class McpDiscovery
{
    private const int LongestDescription = 2000;

    /// <returns>The tools by their name here, and why others of the server's are none.</returns>
    public static (Dictionary<string, McpLiveTool> Tools, List<string> Problems) Read(string server, McpServerOptions options, IEnumerable<Tool> tools)
    {
        var found = new Dictionary<string, McpLiveTool>(StringComparer.Ordinal);
        var problems = new List<string>();

        foreach (var same in tools.GroupBy(tool => McpName.Of(server, tool.Name), StringComparer.Ordinal))
            if (same.Count() > 1)
                problems.Add($"{string.Join(", ", same.Select(tool => $"'{tool.Name}'"))} of server '{server}' would all be {same.Key}; none of them is taken.");
            else if (McpName.ServerOf(same.Key) is null)
                problems.Add($"'{same.First().Name}' of server '{server}' is no tool's name; it is not taken.");
            else
                found.Add(same.Key, new McpLiveTool(same.First().Name, Describe(same.Key, server, options, same.First())));

        return (found, problems);
    }

    /// <returns>Null where they ask the same gate of the same calls.</returns>
    public static string? Difference(ToolDescriptor accepted, ToolDescriptor live)
    {
        List<string> differences = [];
        if (accepted.Effect != live.Effect)
            differences.Add($"its effect was {accepted.Effect} and is {live.Effect}");
        if (accepted.BlastRadius != live.BlastRadius)
            differences.Add($"its blast radius was {accepted.BlastRadius} and is {live.BlastRadius}");
        if (accepted.Compensation != live.Compensation)
            differences.Add($"its compensation was {accepted.Compensation ?? "none"} and is {live.Compensation ?? "none"}");
        if (CanonicalJson.Of(accepted.Input) != CanonicalJson.Of(live.Input))
            differences.Add("its input has another schema");
        if (CanonicalJson.Of(accepted.Output) != CanonicalJson.Of(live.Output))
            differences.Add("its output has another schema");

        return differences.Count == 0 ? null : string.Join(", ", differences);
    }

    private static ToolDescriptor Describe(string name, string server, McpServerOptions options, Tool tool)
    {
        var hints = tool.Annotations;
        var declared = new McpHints(hints?.ReadOnlyHint, hints?.DestructiveHint, hints?.IdempotentHint, hints?.OpenWorldHint).Declared();
        var word = options.Tools.FirstOrDefault(each => McpName.Of(server, each.Key) == name).Value;
        var description = tool.Description ?? tool.Title ?? tool.Name;

        return new ToolDescriptor(
            name,
            description.Length <= LongestDescription ? description : description[..LongestDescription],
            word?.Effect ?? declared.Effect,
            word?.BlastRadius ?? declared.BlastRadius,
            word?.TimeoutSeconds ?? options.TimeoutSeconds,
            Probe: false,
            word?.Compensation,
            McpSchema.Input(tool.InputSchema),
            McpSchema.Output(tool.OutputSchema));
    }
}
