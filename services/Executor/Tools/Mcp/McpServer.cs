namespace LoopBus.Executor.Tools.Mcp;

/// <summary>One server: started on first use, again after a pause when it has ended or does not answer, ended with this process.</summary>
internal sealed class McpServer(string name, McpServerOptions options, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly SemaphoreSlim _turns = new(options.MaxCalls, options.MaxCalls);
    private Task<McpConnection>? _connection;

    // Only one start is under way at a time, and only it reads and writes these.
    private long? _startedAt;
    private int _shortLives;

    public string Name => name;

    public McpServerOptions Options => options;

    /// <summary>Lets so many in at once, each to a server that runs.</summary>
    /// <exception cref="ToolException">No turn came, or no server; nothing was called.</exception>
    public async Task<T> Use<T>(Func<McpConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await Turn(cancellationToken);

        try
        {
            var connection = await Running(cancellationToken);

            try
            {
                return await work(connection, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                connection.Doubt();
                throw;
            }
        }
        finally
        {
            _turns.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task<McpConnection>? last;
        lock (_gate)
        {
            if (_ended.IsCancellationRequested)
                return;
            _ended.Cancel();
            last = _connection;
        }

        try
        {
            if (last is not null)
                await (await last).DisposeAsync();
        }
        catch (ToolException)
        {
            // It did not come up: there is nothing to end.
        }
    }

    private async Task Turn(CancellationToken cancellationToken)
    {
        try
        {
            await _turns.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException exception)
        {
            throw new ToolException("too-busy", $"The step's time was up before a turn to call the MCP server '{name}' came (LoopBus:Mcp:Servers:{name}:MaxCalls is {options.MaxCalls}).", retryable: true, exception);
        }
    }

    private async Task<McpConnection> Running(CancellationToken cancellationToken)
    {
        try
        {
            var connection = await Current().WaitAsync(cancellationToken);

            if (connection.IsStale && !await Answers(connection, cancellationToken))
                connection = await Current().WaitAsync(cancellationToken);

            return connection;
        }
        catch (OperationCanceledException exception)
        {
            throw new ToolException("mcp-not-started", $"The step's time was up before the MCP server '{name}' was there; nothing was called.", retryable: true, exception);
        }
    }

    private Task<McpConnection> Current()
    {
        lock (_gate)
        {
            if (_connection is null or { IsCompleted: true, IsCompletedSuccessfully: false } || (_connection.IsCompletedSuccessfully && _connection.Result.IsOver))
                _connection = Start(_connection);
            return _connection;
        }
    }

    private async Task<bool> Answers(McpConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.Refresh(time, cancellationToken);
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            ExecutorLog.McpServerNotWell(logger, exception, name);
            await connection.DisposeAsync();
            return false;
        }
    }

    private async Task<McpConnection> Start(Task<McpConnection>? before)
    {
        // What follows must not run under the lock.
        await Task.Yield();

        try
        {
            if (before is { IsCompletedSuccessfully: true })
                await (await before).DisposeAsync();

            await Pause();
            _ended.Token.ThrowIfCancellationRequested();
            _startedAt = time.GetTimestamp();
            var connection = await McpConnection.Open(name, options, time, line => ExecutorLog.McpServerSaid(logger, name, line.Length > 500 ? line[..500] : line), _ended.Token);
            ExecutorLog.McpServerStarted(logger, name, connection.Tools.Count);
            return connection;
        }
        catch (Exception exception)
        {
            throw new ToolException(
                "mcp-not-started",
                $"The MCP server '{name}' did not start: {exception.Message.Split('\n')[0].Trim()} Look at LoopBus:Mcp:Servers:{name} and at what the server writes to its standard error.",
                retryable: true,
                exception)
            { Infrastructure = true };
        }
    }

    private async Task Pause()
    {
        if (_startedAt is not { } startedAt)
            return;

        var lived = time.GetElapsedTime(startedAt);
        _shortLives = lived >= LongestPause ? 0 : Math.Min(_shortLives + 1, 16);
        var pause = _shortLives == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(options.RestartSeconds * Math.Pow(2, _shortLives - 1), LongestPause.TotalSeconds));

        if (pause > lived)
            await Task.Delay(pause - lived, time, _ended.Token);
    }
}
