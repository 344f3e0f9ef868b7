using System.Net;
using System.Net.Sockets;

namespace LoopBus.Chaos.Wire;

/// <summary>A wire between a service and a server that can be cut, slowed, and cut at one exact chunk of what is said on it.</summary>
internal sealed class Proxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly HashSet<Socket> open = [];
    private readonly Lock gate = new();
    private readonly string host;
    private readonly int target;
    private readonly TimeProvider time;
    private long latency;
    private Trap? trap;

    public Proxy(string host, int target, TimeProvider time)
    {
        (this.host, this.target, this.time) = (host, target, time);
        listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How much longer each chunk takes, each way.</summary>
    public TimeSpan Latency
    {
        get => new(Interlocked.Read(ref latency));
        set => Interlocked.Exchange(ref latency, value.Ticks);
    }

    public void CutAll()
    {
        Socket[] all;
        lock (gate)
        {
            all = [.. open];
            open.Clear();
        }

        foreach (var socket in all)
            Cut(socket);
    }

    /// <summary>Does something when so many chunks more have come, before the last of them goes on: between two statements.</summary>
    public Task At(int chunks, Func<Task> strike)
    {
        var set = new Trap(chunks, strike);
        Volatile.Write(ref trap, set);
        return set.Sprung;
    }

    public void Disarm() => Interlocked.Exchange(ref trap, null)?.Release();

    public void Dispose()
    {
        listener.Stop();
        CutAll();
        listener.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
                _ = Serve(await listener.AcceptSocketAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // the proxy is disposed
        }
    }

    private async Task Serve(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var from = client;
        client.NoDelay = true;
        lock (gate)
        {
            open.Add(client);
            open.Add(server);
        }

        try
        {
            await server.ConnectAsync(host, target);
            var there = Pump(client, server, said: true);
            var back = Pump(server, client, said: false);
            await await Task.WhenAny(there, back);
            Cut(client);
            Cut(server);
            await Task.WhenAll(there, back);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // one end is gone, or the wire is cut
        }
        finally
        {
            lock (gate)
            {
                open.Remove(client);
                open.Remove(server);
            }
        }
    }

    private async Task Pump(Socket from, Socket to, bool said)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer) is > 0 and var count)
        {
            if (Latency is { Ticks: > 0 } slow)
                await Task.Delay(slow, time);
            if (said && Volatile.Read(ref trap) is { } set && set.Step())
            {
                Interlocked.CompareExchange(ref trap, null, set);
                await set.Spring();
            }

            for (var sent = 0; sent < count;)
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
        }
    }

    private static void Cut(Socket socket)
    {
        try
        {
            // no farewell: a reset
            socket.Close(0);
        }
        catch (SocketException)
        {
            // it is gone already
        }
    }
}
