using System.Text.Json;

namespace LoopBus.Executor.Tools;

/// <summary>One call of a tool; arguments are checked against the tool's input schema before it.</summary>
internal sealed record ToolCall(string TaskId, string StepId, string IdempotencyKey, JsonElement Arguments);
