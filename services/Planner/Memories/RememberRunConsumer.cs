using System.Runtime.InteropServices;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Runs;
using LoopBus.Loops;
using LoopBus.Models;
using LoopBus.Persistence;
using MassTransit;

namespace LoopBus.Planner.Memories;

/// <summary>Hears what a run learned, and keeps it: each memory once, however often it is learned.</summary>
internal sealed class RememberRunConsumer(IRows rows, IUnitOfWork unit, EmbeddingDesk embeddings, PlanSpending spending, PlannerLog log) : IConsumer<Inform<RunLearned>>
{
    public async Task Consume(ConsumeContext<Inform<RunLearned>> context)
    {
        var run = context.Message.Content;
        var memories = Consolidation.Of(run);
        var known = await Task.WhenAll(memories.Select(memory => rows.Find<Memory>(memory.Id, context.CancellationToken)));
        await Embed(run, [.. memories.Zip(known).Where(pair => pair.Second is null).Select(pair => pair.First)], context.CancellationToken);

        foreach (var (memory, before) in memories.Zip(known))
            if (before is null)
                unit.Insert(memory);
            else if (before.LearnedAt < memory.LearnedAt)
                unit.Change(before, row => (row.TaskId, row.Loop, row.Source, row.By, row.LearnedAt, row.UsedAt) = (memory.TaskId, memory.Loop, memory.Source, memory.By, memory.LearnedAt, memory.UsedAt));

        log.Remembered(run.TaskId, run.Scope, memories.Count, known.Count(before => before is not null));
    }

    // Without a vector a memory is found by its words.
    private async Task Embed(RunLearned run, IReadOnlyList<Memory> memories, CancellationToken cancellationToken)
    {
        try
        {
            // What is new depends on what others learned meanwhile: the key is that of the texts.
            var key = IdempotencyKey.For(run.TaskId, "memory", MemoryText.Id("", "", "", string.Join('\n', memories.Select(memory => memory.Id))));
            var texts = memories.Select(memory => $"{memory.Key} {memory.Text}".Trim());
            if (await embeddings.Of(key, run.TaskId, run.Loop.Name, [.. texts], asked => spending.Require(run, asked, cancellationToken), cancellationToken) is { } made)
                foreach (var (memory, vector) in memories.Zip(made.Vectors))
                    (memory.Embedding, memory.EmbeddingModel) = (MemoryMarshal.AsBytes<float>(vector).ToArray(), made.Model);
        }
        catch (ModelException exception)
        {
            log.NotEmbedded(run.TaskId, exception.Reason.Code, exception.Reason.Text);
        }
    }
}
