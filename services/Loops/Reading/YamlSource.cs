using System.Text.Json.Nodes;

namespace LoopBus.Loops.Reading;

/// <summary>A YAML file as JSON, and the line of each path in it.</summary>
internal sealed record YamlSource(JsonNode? Root, IReadOnlyDictionary<string, int> Lines)
{
    /// <summary>The line of a path, or of the nearest that holds it.</summary>
    public int LineOf(string path)
    {
        while (path.Length > 0)
        {
            if (Lines.TryGetValue(path, out var line))
                return line;
            path = path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
        }

        return 1;
    }
}
