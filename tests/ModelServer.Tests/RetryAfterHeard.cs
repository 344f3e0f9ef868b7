namespace LoopBus.ModelServer.Tests;

/// <summary>Hears the header that the Anthropic SDK's exceptions do not carry.</summary>
internal sealed class RetryAfterHeard : DelegatingHandler
{
    public TimeSpan? Delay { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        Delay = response.Headers.RetryAfter?.Delta ?? Delay;
        return response;
    }
}
