using LoopBus.Loops.Reading;
using LoopBus.Loops.Tools;

namespace LoopBus.Loops;

/// <summary>Reads a loop.yaml, strictly: what is unknown, mistyped, missing or unsafe is refused, all at once.</summary>
public static class LoopFile
{
    /// <exception cref="LoopFileException">Every problem, as "file:line: reason".</exception>
    public static LoopDefinition Load(string path, ToolCatalogue? tools = null) =>
        Parse(Text(path), path, tools, file => Beside(path, file));

    /// <exception cref="LoopFileException">Every problem, as "file:line: reason".</exception>
    public static LoopDefinition Parse(string text, string file, ToolCatalogue? tools = null) => Parse(text, file, tools, _ => null);

    private static LoopDefinition Parse(string text, string file, ToolCatalogue? tools, Func<string, string?> beside)
    {
        var problems = new List<(int Line, string Text)>();
        var reader = new LoopReader(tools ?? ToolCatalogue.BuiltIn, beside);
        LoopDefinition? definition = null;

        if (YamlText.Read(text, problems) is { } source)
        {
            if (source.Root is not System.Text.Json.Nodes.JsonObject)
                problems.Add((1, "a loop is a mapping that begins with name, version and owner."));
            else
                definition = reader.Read(source.Root);

            problems.AddRange(reader.Problems.Select(problem => (source.LineOf(problem.Path), problem.ToString())));
        }

        return problems.Count == 0
            ? definition!
            : throw new LoopFileException(problems.Distinct().OrderBy(problem => problem.Line).Select(problem => $"{file}:{problem.Line}: {problem.Text}").ToList());
    }

    private static string? Beside(string path, string file)
    {
        var there = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, file);

        return File.Exists(there) ? Text(there) : null;
    }

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LoopFileException([$"{path}:1: cannot be read: {exception.Message}"]);
        }
    }
}
