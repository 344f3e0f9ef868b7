using System.Text.Json;
using System.Text.Json.Serialization;

namespace LoopBus.Loops.Tools;

/// <summary>The tools that there are, by name.</summary>
public sealed class ToolCatalogue
{
    internal static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    private static readonly Lazy<ToolCatalogue> Embedded = new(ReadEmbedded);

    private readonly Dictionary<string, ToolDescriptor> tools;

    /// <exception cref="ArgumentException">Two tools have one name.</exception>
    public ToolCatalogue(IEnumerable<ToolDescriptor> tools) => this.tools = tools.ToDictionary(tool => tool.Name);

    /// <summary>The tools whose descriptors (Tools/*.json) this library carries.</summary>
    public static ToolCatalogue BuiltIn => Embedded.Value;

    /// <summary>The tools of this library and those of a file of MCP tools, where one is named.</summary>
    /// <exception cref="InvalidDataException">The file cannot be used; every problem of it.</exception>
    public static ToolCatalogue With(string? file) =>
        string.IsNullOrWhiteSpace(file) ? BuiltIn : new ToolCatalogue([.. BuiltIn.All, .. ToolFile.Load(file)]);

    public IEnumerable<ToolDescriptor> All => tools.Values.OrderBy(tool => tool.Name, StringComparer.Ordinal);

    public ToolDescriptor? Find(string name) => tools.GetValueOrDefault(name);

    /// <exception cref="JsonException">The text is no descriptor.</exception>
    public static ToolDescriptor Read(string json) =>
        JsonSerializer.Deserialize<ToolDescriptor>(json, Options) ?? throw new JsonException("A tool's descriptor is a JSON object.");

    private static ToolCatalogue ReadEmbedded()
    {
        var assembly = typeof(ToolCatalogue).Assembly;

        return new ToolCatalogue(assembly.GetManifestResourceNames().Where(name => name.EndsWith(".json", StringComparison.Ordinal)).Select(Load));

        ToolDescriptor Load(string resource)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);

            try
            {
                return Read(reader.ReadToEnd());
            }
            catch (JsonException exception)
            {
                throw new JsonException($"services/Loops/Tools/{resource}: {exception.Message}", exception);
            }
        }
    }
}
