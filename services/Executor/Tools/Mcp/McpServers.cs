using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Tools.Mcp;

/// <summary>The servers that are configured, none of them started before it is used.</summary>
internal sealed class McpServers(IOptions<McpOptions> options, TimeProvider time, ILogger<McpServers> logger) : IAsyncDisposable
{
    private readonly Dictionary<string, McpServer> _servers =
        options.Value.Servers.ToDictionary(server => server.Key, server => new McpServer(server.Key, server.Value, time, logger), StringComparer.Ordinal);

    public McpServer? Find(string name) => _servers.GetValueOrDefault(name);

    public async ValueTask DisposeAsync() => await Task.WhenAll(_servers.Values.Select(server => server.DisposeAsync().AsTask()));
}
