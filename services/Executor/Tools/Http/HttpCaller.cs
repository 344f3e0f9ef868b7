using System.Net;
using System.Text;
using System.Text.Json;
using LoopBus.Hosting.Web;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Tools.Http;

/// <summary>One HTTP exchange within the operator's bounds, as a tool's output or failure.</summary>
internal sealed class HttpCaller(GuardedWeb web, IOptions<WebOptions> options)
{
    public async Task<JsonElement> Exchange(HttpMethod method, ToolCall call, bool safe, CancellationToken cancellationToken)
    {
        using var request = Request(method, call, safe);

        try
        {
            using var response = await web.Send(request, cancellationToken);
            Expect(response, safe);
            var body = await web.Body(response, cancellationToken)
                ?? throw new ToolException("response-too-large", $"The response has more than {options.Value.MaxResponseBytes} bytes (LoopBus:Http:MaxResponseBytes).") { OutcomeUnknown = !safe };
            return ResponseOutput.Of(response, body);
        }
        catch (WebBoundsException refused)
        {
            throw new ToolException(refused.Code, refused.Message, inner: refused);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || IsConnectTimeout(exception, cancellationToken))
        {
            throw Unreachable(exception, request.RequestUri!, safe);
        }
    }

    /// <exception cref="ToolException">The URL is none that a plan may name.</exception>
    public Uri Url(ToolCall call)
    {
        try
        {
            return web.Url(call.Arguments.GetProperty("url").GetString());
        }
        catch (WebBoundsException refused)
        {
            throw new ToolException(refused.Code, refused.Message, inner: refused);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, ToolCall call, bool safe)
    {
        // A request without a content is sent again by .NET itself where the server closes without an answer, whatever its method.
        var request = new HttpRequestMessage(method, Url(call)) { Version = HttpVersion.Version11, Content = Body(call) ?? (safe ? null : new ByteArrayContent([])) };

        if (call.Arguments.TryGetProperty("headers", out var headers))
            RequestHeaders.Add(request, headers, options.Value.AllowedHeaders);

        if (!safe)
            request.Headers.TryAddWithoutValidation(RequestHeaders.IdempotencyKey, call.IdempotencyKey);

        return request;
    }

    private ByteArrayContent? Body(ToolCall call)
    {
        if (!call.Arguments.TryGetProperty("body", out var body))
            return null;

        var (text, type) = body.ValueKind == JsonValueKind.String ? (body.GetString()!, "text/plain") : (body.GetRawText(), "application/json");
        var bytes = Encoding.UTF8.GetBytes(text);

        return bytes.Length <= options.Value.MaxRequestBytes
            ? new ByteArrayContent(bytes) { Headers = { { "Content-Type", $"{type}; charset=utf-8" } } }
            : throw new ToolException("body-too-large", $"The body has {bytes.Length} bytes; LoopBus:Http:MaxRequestBytes allows {options.Value.MaxRequestBytes}.");
    }

    private static void Expect(HttpResponseMessage response, bool safe)
    {
        var status = (int)response.StatusCode;
        var text = $"{response.RequestMessage!.RequestUri!.GetLeftPart(UriPartial.Path)} answered {status} {response.ReasonPhrase}.";

        if (status >= 500 && response.StatusCode != HttpStatusCode.NotImplemented)
            throw new ToolException("http-server-error", text, retryable: true) { OutcomeUnknown = !safe, Infrastructure = true };

        if (status >= 400)
            throw new ToolException("http-client-error", text, retryable: response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);
    }

    private static bool IsConnectTimeout(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException && !cancellationToken.IsCancellationRequested;

    private static ToolException Unreachable(Exception exception, Uri url, bool safe)
    {
        // Where no connection came about, nothing was sent; after that an unsafe request may have been heard.
        var sent = exception is not OperationCanceledException and not HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError };

        return new ToolException("http-unreachable", $"{url.Authority} could not be reached: {exception.Message}", retryable: true, exception)
        {
            OutcomeUnknown = sent && !safe,
            Infrastructure = true,
        };
    }
}
