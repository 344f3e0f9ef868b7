using System.Net;
using System.Net.Sockets;

namespace LoopBus.Hosting.Web;

/// <summary>Tells addresses of the open internet from those that lead back inside (IANA special-purpose registries, RFC 6890).</summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] s_inside =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    private static readonly IPNetwork s_globalUnicast = IPNetwork.Parse("2000::/3");

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();

        // Anything of IPv6 outside 2000::/3 is loopback, link-local, unique-local, multicast, or carries an IPv4 address (NAT64) past this check.
        return (address.AddressFamily == AddressFamily.InterNetwork || s_globalUnicast.Contains(address))
            && !s_inside.Any(network => network.Contains(address));
    }
}
