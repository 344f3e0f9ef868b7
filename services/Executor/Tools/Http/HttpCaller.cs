using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Tools.Http;

/// <summary>One HTTP exchange within the operator's bounds: allowed hosts and addresses, no redirects, no proxy, no cookies, bounded bodies.</summary>
internal sealed class HttpCaller : IDisposable
{
    private readonly HttpToolOptions _options;
    private readonly HostAllowList _hosts;
    private readonly HttpMessageInvoker _client;

    public HttpCaller(IOptions<HttpToolOptions> options)
    {
        _options = options.Value;
        _hosts = new HostAllowList(_options.AllowedHosts);

        // A proxy would connect in our place and redirects would choose hosts in the plan's place: both go around the checks.
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectCallback = new GuardedConnector(options).Connect,
            ConnectTimeout = TimeSpan.FromSeconds(_options.ConnectTimeoutSeconds),
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            UseCookies = false,
            UseProxy = false,
        });
    }

    public async Task<JsonElement> Exchange(HttpMethod method, ToolCall call, bool safe, CancellationToken cancellationToken)
    {
        using var request = Request(method, call, safe);

        try
        {
            using var response = await _client.SendAsync(request, cancellationToken);
            Expect(response, safe);
            return await ResponseOutput.Read(response, _options.MaxResponseBytes, safe, cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.InnerException is ToolException refused)
        {
            throw new ToolException(refused.Code, refused.Message, refused.Retryable, exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || IsConnectTimeout(exception, cancellationToken))
        {
            throw Unreachable(exception, request.RequestUri!, safe);
        }
    }

    /// <exception cref="ToolException">The URL is none that a plan may name.</exception>
    public Uri Url(ToolCall call)
    {
        if (!Uri.TryCreate(call.Arguments.GetProperty("url").GetString(), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new ToolException("bad-url", "The argument url is no absolute http or https URL.");

        if (url.UserInfo.Length > 0)
            throw new ToolException("bad-url", "The argument url carries a user or password; leave them out.");

        return _hosts.Allows(url)
            ? url
            : throw new ToolException("host-not-allowed", $"{url.Authority} is not in LoopBus:Http:AllowedHosts; an operator adds it there, with :port where the port is not {url.Scheme}'s own.");
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Request(HttpMethod method, ToolCall call, bool safe)
    {
        var request = new HttpRequestMessage(method, Url(call)) { Version = HttpVersion.Version11, Content = Body(call) };

        if (call.Arguments.TryGetProperty("headers", out var headers))
            RequestHeaders.Add(request, headers, _options.AllowedHeaders);

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

        return bytes.Length <= _options.MaxRequestBytes
            ? new ByteArrayContent(bytes) { Headers = { { "Content-Type", $"{type}; charset=utf-8" } } }
            : throw new ToolException("body-too-large", $"The body has {bytes.Length} bytes; LoopBus:Http:MaxRequestBytes allows {_options.MaxRequestBytes}.");
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
