using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace LoopBus.Hosting.Web;

/// <summary>Opens connections, and checks the very addresses it connects to, so that a name that changes its address between check and use gains nothing.</summary>
internal sealed class GuardedConnector(IOptions<WebOptions> options)
{
    public async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
        IPAddress[] allowed = [.. addresses.Where(address => options.Value.AllowPrivate || PublicAddress.Is(address))];

        if (allowed.Length == 0)
            throw new WebBoundsException("address-not-allowed", $"{host} has only addresses inside this network ({string.Join(", ", addresses.AsEnumerable())}); to reach it set LoopBus:Http:AllowPrivate.");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
