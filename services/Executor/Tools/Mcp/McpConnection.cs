using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace LoopBus.Executor.Tools.Mcp;

/// <summary>A server that runs, and the tools that it has said it has.</summary>
internal sealed class McpConnection : IAsyncDisposable
{
    private readonly string _name;
    private readonly McpServerOptions _options;
    private readonly McpClient _client;
    private Dictionary<string, McpLiveTool> _tools = [];
    private volatile bool _stale;
    private volatile bool _closed;

    private McpConnection(string name, McpServerOptions options, McpClient client) => (_name, _options, _client) = (name, options, client);

    /// <summary>Why some of the server's tools were not taken.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    public IReadOnlyDictionary<string, McpLiveTool> Tools => _tools;

    public bool IsOver => _closed || _client.Completion.IsCompleted;

    /// <summary>Whether its tools are to be asked for again before the next call.</summary>
    public bool IsStale => _stale;

    public static async Task<McpConnection> Open(string name, McpServerOptions options, TimeProvider time, Action<string> said, CancellationToken cancellationToken)
    {
        var start = TimeSpan.FromSeconds(options.StartSeconds);
        var transport = new StdioClientTransport(new StdioClientTransportOptions
        {
            Name = name,
            Command = options.Command,
            Arguments = options.Arguments,
            WorkingDirectory = options.WorkingDirectory,
            InheritEnvironmentVariables = false,
            EnvironmentVariables = Environment(options),
            ShutdownTimeout = TimeSpan.FromSeconds(2),
            StandardErrorLines = said,
        });
        var client = await McpClient.CreateAsync(
            transport,
            // No handlers: the server may ask nothing of this side.
            new McpClientOptions { ClientInfo = new Implementation { Name = "LoopBus", Version = "1" }, InitializationTimeout = start, TimeProvider = time },
            loggerFactory: null,
            cancellationToken);

        var connection = new McpConnection(name, options, client);

        try
        {
            client.RegisterNotificationHandler(NotificationMethods.ToolListChangedNotification, (_, _) =>
            {
                connection._stale = true;
                return ValueTask.CompletedTask;
            });
            await connection.Refresh(time, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks the server for its tools; a server that does not answer in time is not well.</summary>
    public async Task Refresh(TimeProvider time, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(_options.StartSeconds), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);

        _stale = false;

        try
        {
            var listed = await _client.ListToolsAsync(cancellationToken: stop.Token);
            (_tools, Problems) = McpDiscovery.Read(_name, _options, listed.Select(tool => tool.ProtocolTool));
        }
        catch
        {
            _stale = true;
            throw;
        }
    }

    /// <summary>After a call that did not end: the tools are asked for again, to see whether the server is still well.</summary>
    public void Doubt() => _stale = true;

    /// <summary>After a call that broke off: the server is no more asked, though it is not yet seen that it has ended.</summary>
    public void GiveUp() => _closed = true;

    public async Task<CallToolResult> Call(string ownName, ToolCall call, CancellationToken cancellationToken) =>
        await _client.CallToolAsync(
            new CallToolRequestParams
            {
                Name = ownName,
                Arguments = call.Arguments.EnumerateObject().ToDictionary(argument => argument.Name, argument => argument.Value, StringComparer.Ordinal),
                Meta = new JsonObject { ["loopbus/idempotencyKey"] = call.IdempotencyKey },
            },
            cancellationToken);

    public ValueTask DisposeAsync()
    {
        _closed = true;
        return _client.DisposeAsync();
    }

    private static Dictionary<string, string?> Environment(McpServerOptions options)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal);

        foreach (var name in new[] { "PATH", "HOME" })
            if (System.Environment.GetEnvironmentVariable(name) is { } value)
                environment[name] = value;
        foreach (var (name, value) in options.Environment)
            environment[name] = value;

        return environment;
    }
}
