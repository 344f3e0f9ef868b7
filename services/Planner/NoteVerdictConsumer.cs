using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Planning;
using MassTransit;

namespace LoopBus.Planner;

/// <summary>Hears that the coordinator accepted or rejected a plan, and writes it down.</summary>
internal sealed class NoteVerdictConsumer(PlanJournal journal, PlannerLog log) : IConsumer<AcceptProposal<Plan>>, IConsumer<RejectProposal<Plan>>
{
    public Task Consume(ConsumeContext<AcceptProposal<Plan>> context) =>
        Note(context.Message.Content, "accepted", context.Message.Comment, context.CancellationToken);

    public Task Consume(ConsumeContext<RejectProposal<Plan>> context) =>
        Note(context.Message.Content, "rejected", $"{context.Message.Reason.Code}: {context.Message.Reason.Text}", context.CancellationToken);

    private async Task Note(Plan plan, string verdict, string? reason, CancellationToken cancellationToken)
    {
        if (await journal.Note(plan, verdict, reason, cancellationToken))
            log.Answered(plan.TaskId, plan.Attempt, verdict);
        else
            log.AnsweredUnasked(plan.TaskId, plan.Attempt, verdict);
    }
}
