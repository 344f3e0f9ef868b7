using System.Text.Json;
using LoopBus.Contracts.Execution;
using LoopBus.Executor.Tools;
using LoopBus.Loops.Tools;

namespace LoopBus.Executor.Tests.Bus;

/// <summary>A tool whose effect can be counted and is not idempotent: each call adds a line to the journal.</summary>
internal class JournalTool(Journal journal, string name, TimeProvider time) : ITool
{
    public string Name => name;

    public async Task<JsonElement> Invoke(ToolCall call, CancellationToken cancellationToken)
    {
        var how = Text(call, "how");

        if (how == "fail-once" && journal.Calls(call.IdempotencyKey) == 0)
        {
            journal.Called(call.IdempotencyKey);
            throw new ToolException("no-paper", "The printer has no paper.", retryable: true);
        }

        journal.Called(call.IdempotencyKey);

        if (how == "hang-before" || (how == "hang-once" && journal.Calls(call.IdempotencyKey) == 1))
            await Task.Delay(TimeSpan.FromMinutes(1), time, cancellationToken);

        journal.Write(call.IdempotencyKey);

        if (how == "hang-after")
            await Task.Delay(TimeSpan.FromMinutes(1), time, cancellationToken);

        if (how == "ignore-stop")
            await Task.Delay(TimeSpan.FromSeconds(3), time, CancellationToken.None);

        if (how == "slow")
            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);

        return how switch
        {
            "bad-output" => JsonSerializer.SerializeToElement(new { other = 1 }),
            "huge" => JsonSerializer.SerializeToElement(new { key = new string('x', 300 * 1024) }),
            "throw" => throw new InvalidOperationException("A bug."),
            _ => Output(call),
        };
    }

    public static JsonElement Output(ToolCall call) => JsonSerializer.SerializeToElement(new { key = call.IdempotencyKey });

    public static ToolDescriptor Describe(string name, Effect effect, BlastRadius radius = BlastRadius.Low, bool probe = false, string? compensation = null) =>
        new(
            name, "A tool of the tests.", effect, radius, 30, probe, compensation,
            JsonSerializer.Deserialize<JsonElement>("""{ "type": "object", "required": ["how"], "properties": { "how": { "type": "string" } } }"""),
            JsonSerializer.Deserialize<JsonElement>("""{ "type": "object", "required": ["key"], "properties": { "key": { "type": "string" } } }"""));

    private static string Text(ToolCall call, string argument) => call.Arguments.GetProperty(argument).GetString()!;
}
