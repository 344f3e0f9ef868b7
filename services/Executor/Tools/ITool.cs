using System.Text.Json;

namespace LoopBus.Executor.Tools;

/// <summary>The seam to the world: one tool, whose descriptor of the same name says what it may do.</summary>
internal interface ITool
{
    string Name { get; }

    /// <exception cref="ToolException">The call failed, with a code, and whether another attempt may help.</exception>
    Task<JsonElement> Invoke(ToolCall call, CancellationToken cancellationToken);
}
