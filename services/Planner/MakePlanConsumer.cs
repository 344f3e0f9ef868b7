using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Planning;
using LoopBus.Hosting;
using MassTransit;

namespace LoopBus.Planner;

/// <summary>Hears a request for a plan, and proposes one, refuses, or fails.</summary>
internal sealed class MakePlanConsumer(PlanJournal journal, PlanSpending spending, PlannerLog log) : IConsumer<Request<MakePlan>>
{
    public async Task Consume(ConsumeContext<Request<MakePlan>> context)
    {
        var asked = context.Message.Content;
        var proposal = await journal.Answer(asked, context.CancellationToken);

        if (proposal.Plan is { } plan)
        {
            log.Proposed(asked.TaskId, asked.Attempt, plan.Steps.Count);
            await context.Reply(new Propose<Plan>(plan));
        }
        else
        {
            var reason = proposal.Refusal!;
            log.Refused(asked.TaskId, asked.Attempt, reason.Code, reason.Text);
            var told = asked with { Spent = await spending.Of(asked.TaskId, context.CancellationToken) };
            if (proposal.Failed)
                await context.Reply(new Failure<MakePlan>(told, reason));
            else
                await context.Reply(new Refuse<MakePlan>(told, reason));
        }
    }
}
