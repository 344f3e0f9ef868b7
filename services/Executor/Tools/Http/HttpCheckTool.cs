using System.Text;
using System.Text.Json;
using LoopBus.Hosting.Web;

namespace LoopBus.Executor.Tools.Http;

/// <summary>http.check: whether a host is up, and how fast it says so. One that is down is what was to be found out: no failure, and nothing for a breaker.</summary>
internal sealed class HttpCheckTool(GuardedWeb web, TimeProvider time) : ITool
{
    private const int MostShown = 2000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public string Name => "http.check";

    public async Task<JsonElement> Invoke(ToolCall call, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        (int? Status, string Body, string? Problem) seen;

        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, web.Url(call.Arguments.GetProperty("url").GetString()));
            using var response = await web.Send(request, either.Token);
            seen = ((int)response.StatusCode, await Text(response, either.Token), null);
        }
        catch (WebBoundsException refused)
        {
            throw new ToolException(refused.Code, refused.Message, inner: refused);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            seen = (null, "", patience.IsCancellationRequested ? $"It did not answer within {Patience.TotalSeconds} s." : exception.Message);
        }

        return JsonSerializer.SerializeToElement(new
        {
            url = call.Arguments.GetProperty("url").GetString(),
            up = seen.Status < 400,
            status = seen.Status,
            latencyMs = (long)time.GetElapsedTime(began).TotalMilliseconds,
            body = seen.Body,
            problem = seen.Problem,
        });
    }

    private async Task<string> Text(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetString(await web.Body(response, cancellationToken) ?? []);

        return text.Length <= MostShown ? text : text[..MostShown];
    }
}
