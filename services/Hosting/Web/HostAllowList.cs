namespace LoopBus.Hosting.Web;

/// <summary>Which URLs a loop may name.</summary>
public sealed class HostAllowList(IEnumerable<string> entries)
{
    private readonly (string Host, string Port)[] _entries = [.. entries.Select(Parse)];

    public bool Allows(Uri url)
    {
        var host = url.HostNameType == UriHostNameType.IPv6 ? url.Host : url.IdnHost.TrimEnd('.');
        return _entries.Any(entry => PortMatches(entry.Port, url) && HostMatches(entry.Host, host));
    }

    private static bool HostMatches(string entry, string host) =>
        entry.StartsWith("*.", StringComparison.Ordinal)
            ? host.Length > entry.Length - 1 && host.EndsWith(entry[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(entry, StringComparison.OrdinalIgnoreCase);

    private static bool PortMatches(string entry, Uri url) =>
        entry switch
        {
            "*" => true,
            "" => url.IsDefaultPort,
            _ => entry == url.Port.ToString(),
        };

    private static (string Host, string Port) Parse(string entry)
    {
        var colon = entry.LastIndexOf(':');

        return colon > entry.LastIndexOf(']') ? (entry[..colon], entry[(colon + 1)..]) : (entry, "");
    }
}
