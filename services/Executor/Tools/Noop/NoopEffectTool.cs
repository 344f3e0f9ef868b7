using System.Text.Json;

namespace LoopBus.Executor.Tools.Noop;

/// <summary>noop.effect: does nothing and answers with its arguments, on the way of a tool that does something: for trying and measuring.</summary>
internal sealed class NoopEffectTool : ITool
{
    public string Name => "noop.effect";

    public Task<JsonElement> Invoke(ToolCall call, CancellationToken cancellationToken) => Task.FromResult(call.Arguments);
}
