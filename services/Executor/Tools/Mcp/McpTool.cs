using System.Text.Json;
using LoopBus.Contracts.Execution;
using LoopBus.Loops.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace LoopBus.Executor.Tools.Mcp;

/// <summary>A tool of an MCP server, called only while the server has it as it was described.</summary>
internal sealed class McpTool(ToolDescriptor descriptor, McpServer server, McpOutput output) : ITool, IRemote
{
    private readonly bool _failsClean = server.Options.Tools.Any(each => McpName.Of(server.Name, each.Key) == descriptor.Name && each.Value.FailsClean);

    // A second call is no second effect.
    private readonly bool _safe = descriptor.Effect is Effect.None or Effect.Idempotent;

    public string Name => descriptor.Name;

    public string Target(ToolCall call) => server.Name;

    public Task<JsonElement> Invoke(ToolCall call, CancellationToken cancellationToken) =>
        call.Arguments.ValueKind == JsonValueKind.Object
            ? server.Use((connection, stop) => Invoke(connection, call, stop), cancellationToken)
            : throw new ToolException("bad-arguments", $"The arguments of {Name} are no object.");

    private async Task<JsonElement> Invoke(McpConnection connection, ToolCall call, CancellationToken cancellationToken)
    {
        var result = await Answer(connection, OwnName(connection), call, cancellationToken);

        if (result.IsError == true)
            throw new ToolException("mcp-tool-error", $"{Name} says: {McpOutput.Error(result)}", retryable: _safe) { OutcomeUnknown = !_safe && !_failsClean };

        try
        {
            // The effect is there: the step's end does not keep its output from being kept.
            return await output.Of(result, server.Options.MaxOutputBytes, CancellationToken.None);
        }
        catch (ToolException exception)
        {
            var text = $"{Name} gave more than the {server.Options.MaxOutputBytes} bytes that LoopBus:Mcp:Servers:{server.Name}:MaxOutputBytes allows, and it could not be kept. {exception.Message}";
            throw new ToolException("output-too-large", text, retryable: false, exception) { OutcomeUnknown = !_safe };
        }
    }

    private async Task<CallToolResult> Answer(McpConnection connection, string ownName, ToolCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await connection.Call(ownName, call, cancellationToken);
        }
        catch (McpProtocolException exception) when (exception.ErrorCode is McpErrorCode.InvalidParams or McpErrorCode.InvalidRequest or McpErrorCode.MethodNotFound)
        {
            // Only a tool that is not there surely did nothing: servers also say "invalid params" of an output of theirs.
            throw new ToolException("mcp-refused", $"The MCP server '{server.Name}' refused the call of {Name}: {exception.Message}", inner: exception)
            {
                OutcomeUnknown = exception.ErrorCode != McpErrorCode.MethodNotFound && !_safe && !_failsClean,
            };
        }
        catch (McpException exception)
        {
            throw new ToolException("mcp-error", $"The MCP server '{server.Name}' failed at {Name}: {exception.Message}", retryable: true, exception) { OutcomeUnknown = !_safe, Infrastructure = true };
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            connection.GiveUp();
            throw new ToolException("mcp-server-ended", $"The MCP server '{server.Name}' ended while {Name} was called: {exception.Message.Split('\n')[0]}", retryable: true, exception)
            {
                OutcomeUnknown = !_safe,
                Infrastructure = true,
            };
        }
    }

    private string OwnName(McpConnection connection)
    {
        if (!connection.Tools.TryGetValue(Name, out var live))
            throw new ToolException("mcp-tool-changed", $"The MCP server '{server.Name}' does not have {Name} any more. {Remedy}");

        return McpDiscovery.Difference(descriptor, live.Descriptor) is { } difference
            ? throw new ToolException("mcp-tool-changed", $"The MCP server '{server.Name}' has changed {Name} since it was described: {difference}. {Remedy}")
            : live.OwnName;
    }

    private static string Remedy => "Nothing was called. Bring back the server as it was, or write the descriptors anew (describe-mcp), read what has changed, and start the services with them.";
}
