using System.Net.Sockets;
using System.Text;
using LoopBus.ModelServer.Scripts;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LoopBus.ModelServer.Wire;

/// <summary>Writes an answer to its client: whole or as a stream, and broken where the script says so.</summary>
internal sealed class Delivery(HttpContext http, TimeProvider time, Action finishing, CancellationToken cancellationToken)
{
    private const string Page = "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1><hr>proxy</body></html>\n";

    /// <summary>A whole body; a broken one is half of it.</summary>
    public async Task Whole(string json, Broken? broken)
    {
        var body = Encoding.UTF8.GetBytes(broken is Broken.Html ? Page : json);
        var type = broken is Broken.Html ? "text/html" : "application/json";
        var sent = broken is null or Broken.Html ? body.Length : body.Length / 2;
        finishing();
        if (broken is Broken.Connection or Broken.Stream)
        {
            await Cut($"Content-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{Encoding.UTF8.GetString(body, 0, sent)}");
            return;
        }

        http.Response.ContentType = type;
        http.Response.ContentLength = sent;
        await http.Response.Body.WriteAsync(body.AsMemory(0, sent), cancellationToken);
    }

    /// <summary>Events one by one; a broken stream ends after half of them.</summary>
    public async Task Stream(IReadOnlyList<StreamEvent> events, int pause, Broken? broken)
    {
        var half = string.Concat(events.Take(events.Count / 2).Select(part => part.ToText()));
        if (broken is Broken.Connection)
        {
            finishing();
            await Cut($"Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n{Encoding.UTF8.GetByteCount(half):x}\r\n{half}\r\n");
            return;
        }

        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache";
        var count = broken is null ? events.Count : events.Count / 2;
        for (var index = 0; index < count; index++)
        {
            if (index > 0 && pause > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(pause), time, cancellationToken);
            // a client that has read the last event finds the call ended in the journal
            if (index == count - 1)
                finishing();
            await Write(events[index].ToText());
        }

        if (broken is Broken.Json)
            await Write(Half(events[count]));
    }

    private static string Half(StreamEvent whole) => (whole with { Data = whole.Data[..(whole.Data.Length / 2)] }).ToText();

    // past Kestrel, which throws away what it has not sent yet when it cuts a connection: the client gets the half, and then the end
    private async Task Cut(string rest)
    {
        var socket = http.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;
        await socket.SendAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\n{rest}"), cancellationToken);
        socket.Shutdown(SocketShutdown.Send);
        http.Abort();
    }

    private async Task Write(string text)
    {
        await http.Response.WriteAsync(text, cancellationToken);
        await http.Response.Body.FlushAsync(cancellationToken);
    }
}
