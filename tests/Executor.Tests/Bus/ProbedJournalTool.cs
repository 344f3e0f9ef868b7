using System.Text.Json;
using LoopBus.Executor.Tools;

namespace LoopBus.Executor.Tests.Bus;

/// <summary>As the other, and it can say later what happened.</summary>
internal sealed class ProbedJournalTool(Journal journal, string name, TimeProvider time) : JournalTool(journal, name, time), IProbe
{
    private readonly Journal _journal = journal;

    public Task<JsonElement?> Probe(ToolCall call, CancellationToken cancellationToken) =>
        Task.FromResult(_journal.Effects(call.IdempotencyKey) > 0 ? Output(call) : (JsonElement?)null);
}
