using System.Text.Encodings.Web;
using System.Text.Json;
using LoopBus.Loops.Json;

namespace LoopBus.Loops.Tools;

/// <summary>The descriptors of MCP tools in a file (LoopBus:Mcp:Descriptors), the same for every service: what servers said once, as an operator accepted it.</summary>
public static class ToolFile
{
    private const double LongestSeconds = 24 * 3600;

    private static readonly JsonSerializerOptions Options = new(ToolCatalogue.Options)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Text(IEnumerable<ToolDescriptor> tools) =>
        JsonSerializer.Serialize(tools.OrderBy(tool => tool.Name, StringComparer.Ordinal), Options);

    /// <exception cref="InvalidDataException">Every problem of the file, each as "file: tool: reason".</exception>
    public static IReadOnlyList<ToolDescriptor> Load(string path)
    {
        try
        {
            var tools = JsonSerializer.Deserialize<List<ToolDescriptor>>(File.ReadAllText(path), Options) ?? [];
            var problems = Problems(tools).ToList();

            return problems.Count == 0 ? tools : throw Wrong(path, problems);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw Wrong(path, [exception.Message], exception);
        }
    }

    private static IEnumerable<string> Problems(List<ToolDescriptor> tools)
    {
        if (tools.Contains(null!))
            return ["each entry is a tool's descriptor; here is null."];

        var twice = tools.GroupBy(tool => tool.Name).Where(same => same.Count() > 1).Select(same => $"{same.Key}: is there twice.");
        var names = tools.Select(tool => tool.Name).Concat(ToolCatalogue.BuiltIn.All.Select(tool => tool.Name)).ToHashSet(StringComparer.Ordinal);

        return twice.Concat(tools.SelectMany(tool => Problems(tool, names).Select(problem => $"{tool.Name}: {problem}")));
    }

    private static IEnumerable<string> Problems(ToolDescriptor tool, HashSet<string> names)
    {
        if (McpName.ServerOf(tool.Name) is null)
            yield return $"the name must be mcp.<server>.<tool>, in a-z, 0-9, '_' and '-', of at most {McpName.MaxLength} letters; no file adds or changes other tools.";
        if (!Enum.IsDefined(tool.Effect) || !Enum.IsDefined(tool.BlastRadius))
            yield return "effect or blastRadius is none that there is.";
        if (tool.TimeoutSeconds is not (> 0 and <= LongestSeconds))
            yield return $"timeoutSeconds must be above 0 and at most {LongestSeconds}.";
        if (tool.Probe || tool.EffectWhen is not null || tool.AsksModels)
            yield return "probe, effectWhen and asksModels are not for MCP tools.";
        if (tool.Compensation is { } compensation && !names.Contains(compensation))
            yield return $"its compensation '{compensation}' is no tool.";
        foreach (var problem in JsonSchemaCheck.SchemaProblems(tool.Input))
            yield return $"input: {problem}";
        foreach (var problem in JsonSchemaCheck.SchemaProblems(tool.Output))
            yield return $"output: {problem}";
    }

    private static InvalidDataException Wrong(string path, IEnumerable<string> problems, Exception? inner = null) =>
        new(string.Join(Environment.NewLine, problems.Select(problem => $"LoopBus:Mcp:Descriptors, {path}: {problem}")), inner);
}
