using System.Text.Json.Nodes;
using LoopBus.Loops.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace LoopBus.Loops.Reading;

/// <summary>Reads YAML into JSON, keeping lines; what loops have no use for (aliases, tags, several documents) is refused.</summary>
internal sealed class YamlText
{
    private readonly Dictionary<string, int> lines = [];

    private readonly List<(int Line, string Text)> problems;

    private YamlText(List<(int Line, string Text)> problems) => this.problems = problems;

    public static YamlSource? Read(string text, List<(int Line, string Text)> problems)
    {
        try
        {
            if (!IsPlain(text, problems))
                return null;

            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            var reader = new YamlText(problems);
            var root = stream.Documents.Count == 1 ? reader.Read(stream.Documents[0].RootNode, "") : null;

            return new YamlSource(root, reader.lines);
        }
        catch (YamlException exception)
        {
            problems.Add(((int)exception.Start.Line, $"no YAML: {exception.Message.TrimEnd('.')}."));

            return null;
        }
        // The parser's own troubles with what is no YAML.
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            problems.Add((1, $"no YAML: {exception.Message.TrimEnd('.')}."));

            return null;
        }
    }

    private static bool IsPlain(string text, List<(int Line, string Text)> problems)
    {
        var parser = new Parser(new StringReader(text));
        var (depth, documents, before) = (0, 0, problems.Count);

        while (parser.MoveNext())
        {
            var line = (int)parser.Current!.Start.Line;
            depth += parser.Current.NestingIncrease;

            if (parser.Current is AnchorAlias)
                problems.Add((line, "aliases (*name) are not read here; write the value out."));
            if (parser.Current is DocumentStart && ++documents > 1)
                problems.Add((line, "one file holds one loop; a second document begins here."));
            // Stop before the reader, which recurses, meets it.
            if (depth > CanonicalJson.MaxDepth)
            {
                problems.Add((line, $"nests deeper than {CanonicalJson.MaxDepth} levels."));
                break;
            }
        }

        return problems.Count == before;
    }

    private JsonNode? Read(YamlNode node, string path)
    {
        lines.TryAdd(path, (int)node.Start.Line);

        return node switch
        {
            YamlMappingNode mapping => Object(mapping, path),
            YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select((item, i) => Read(item, $"{path}[{i}]"))]),
            YamlScalarNode scalar => YamlScalar.Read(scalar),
            _ => null,
        };
    }

    private JsonObject Object(YamlMappingNode mapping, string path)
    {
        var result = new JsonObject();

        foreach (var (key, value) in mapping.Children)
        {
            if (key is not YamlScalarNode { Value: { } name })
            {
                problems.Add(((int)key.Start.Line, "a key must be a word; put a template in quotes: \"{{ input.path }}\"."));
                continue;
            }

            var at = path.Length == 0 ? name : $"{path}.{name}";
            lines[at] = (int)key.Start.Line;
            result[name] = Read(value, at);
        }

        return result;
    }
}
