using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Executor.Steps;
using LoopBus.Hosting;
using MassTransit;

namespace LoopBus.Executor;

/// <summary>Runs consecutive steps of one run, and informs of how far they came.</summary>
internal sealed class ExecuteSegmentConsumer(SegmentRunner runner, ILogger<ExecuteSegmentConsumer> logger) : IConsumer<Request<ExecuteSegment>>
{
    public async Task Consume(ConsumeContext<Request<ExecuteSegment>> context)
    {
        var segment = context.Message.Content;

        if (Problem(segment) is { } problem)
        {
            await context.Reply(new Refuse<ExecuteSegment>(segment, new Reason("bad-segment", problem)));
            return;
        }

        var reports = await runner.Run(segment, context.Acl().ConversationId, context.CancellationToken);

        foreach (var report in reports)
            ExecutorLog.Ended(logger, segment, report);

        await context.Reply(new Inform<SegmentResult>(new SegmentResult(segment.TaskId, segment.FirstStepId, reports)));
    }

    private static string? Problem(ExecuteSegment segment)
    {
        if (segment.Steps is not { Count: > 0 } steps || steps.Any(step => step is null or { StepId: null } or { Tool: null } or { IdempotencyKey: null }))
            return "A segment has steps, each with an id, a tool and an idempotency key.";

        return steps.Select(step => step.StepId).Distinct(StringComparer.Ordinal).Count() == steps.Count ? null : "A segment has each step once.";
    }
}
