using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Planning;
using LoopBus.Hosting;
using MassTransit;

namespace LoopBus.Planner;

/// <summary>Hears a request for a plan, and proposes one, or refuses.</summary>
internal sealed class MakePlanConsumer(PlanJournal journal, PlannerLog log) : IConsumer<Request<MakePlan>>
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
            log.Refused(asked.TaskId, asked.Attempt, proposal.Refusal!.Code, proposal.Refusal.Text);
            await context.Reply(new Refuse<MakePlan>(asked, proposal.Refusal));
        }
    }
}
