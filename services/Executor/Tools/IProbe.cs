using System.Text.Json;

namespace LoopBus.Executor.Tools;

/// <summary>A tool that can say whether an effect under an idempotency key happened.</summary>
internal interface IProbe
{
    /// <returns>The output that the call gave, or null where the effect did not happen.</returns>
    Task<JsonElement?> Probe(ToolCall call, CancellationToken cancellationToken);
}
