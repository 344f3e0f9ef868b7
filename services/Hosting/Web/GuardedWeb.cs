using System.Net;
using Microsoft.Extensions.Options;

namespace LoopBus.Hosting.Web;

/// <summary>The way out for requests that a loop asks for: allowed hosts and addresses, no redirects, no proxy, no cookies, bounded bodies.</summary>
public sealed class GuardedWeb : IDisposable
{
    private readonly WebOptions _options;
    private readonly HostAllowList _hosts;
    private readonly HttpMessageInvoker _client;

    public GuardedWeb(IOptions<WebOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
        _hosts = new HostAllowList(_options.AllowedHosts);

        // A proxy would connect in our place and redirects would choose hosts in the loop's place: both go around the checks.
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

    /// <exception cref="WebBoundsException">The URL is none that a loop may name.</exception>
    public Uri Url(string? text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new WebBoundsException("bad-url", "The argument url is no absolute http or https URL.");

        if (url.UserInfo.Length > 0)
            throw new WebBoundsException("bad-url", "The argument url carries a user or password; leave them out.");

        return _hosts.Allows(url)
            ? url
            : throw new WebBoundsException("host-not-allowed", $"{url.Authority} is not in LoopBus:Http:AllowedHosts; an operator adds it there, with :port where the port is not {url.Scheme}'s own.");
    }

    /// <exception cref="WebBoundsException">The address is none that may be reached.</exception>
    /// <exception cref="HttpRequestException">Nobody answered.</exception>
    public async Task<HttpResponseMessage> Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.InnerException is WebBoundsException refused)
        {
            throw new WebBoundsException(refused.Code, refused.Message);
        }
    }

    /// <returns>The body; null where it is larger than allowed.</returns>
    public async Task<byte[]?> Body(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(response);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[_options.MaxResponseBytes + 1];
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);

        return read <= _options.MaxResponseBytes ? buffer[..read] : null;
    }

    public void Dispose() => _client.Dispose();
}
