using System.ComponentModel.DataAnnotations;

namespace LoopBus.Hosting.Web;

/// <summary>Where the services may reach for a loop; nothing is allowed that is not named here.</summary>
public sealed class WebOptions
{
    public const string Section = "LoopBus:Http";

    /// <summary>Entries are `host` (its scheme's own port), `host:port`, `host:*`, or any of these after `*.` for the names below a domain.</summary>
    public string[] AllowedHosts { get; set; } = [];

    /// <summary>Lets allowed hosts have loopback, private, link-local and metadata addresses.</summary>
    public bool AllowPrivate { get; set; }

    /// <summary>Headers that are otherwise kept from plans, such as Authorization.</summary>
    public string[] AllowedHeaders { get; set; } = [];

    [Range(1, 16 * 1024 * 1024)]
    public int MaxResponseBytes { get; set; } = 128 * 1024;

    [Range(1, 16 * 1024 * 1024)]
    public int MaxRequestBytes { get; set; } = 128 * 1024;

    [Range(1, 300)]
    public int ConnectTimeoutSeconds { get; set; } = 10;
}
