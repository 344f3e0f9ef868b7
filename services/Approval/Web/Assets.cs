using System.Security.Cryptography;

namespace LoopBus.Approval.Web;

/// <summary>
/// The style sheet and the icon, embedded so that they are found wherever the service is started from, and served without asking who is there: also while the
/// database is away. Their address changes with their content.
/// </summary>
internal sealed class Assets
{
    /// <summary>Marks an answer that browsers may keep.</summary>
    public const string Kept = "loopbus-kept";

    private readonly Dictionary<string, (byte[] Content, string Type)> files = new(StringComparer.Ordinal);

    private Assets()
    {
        Style = Add("app.css", "text/css");
        Icon = Add("icon.svg", "image/svg+xml");
    }

    public static Assets Embedded { get; } = new();

    public string Style { get; }

    public string Icon { get; }

    public void Map(WebApplication app)
    {
        foreach (var (path, file) in files)
        {
            app.MapGet(path, (HttpContext context) =>
            {
                context.Items[Kept] = true;
                context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return Results.Bytes(file.Content, file.Type);
            }).ShortCircuit();
        }
    }

    private string Add(string name, string type)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(name)!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var content = memory.ToArray();
        var path = $"/assets/{Convert.ToHexStringLower(SHA256.HashData(content))[..12]}-{name}";
        files.Add(path, (content, type));
        return path;
    }
}
