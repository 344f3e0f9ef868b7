using LoopBus.Approval.Auditing;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Hosting;
using LoopBus.Loops;
using MassTransit;

namespace LoopBus.Approval.Questions;

/// <summary>Takes a gated action in for people, once its hash is that of what they will read.</summary>
internal sealed class AskGatedActionConsumer(QuestionDesk desk, Answers answers, Audit audit, TimeProvider clock) : IConsumer<Propose<GatedAction>>
{
    public async Task Consume(ConsumeContext<Propose<GatedAction>> context)
    {
        var action = context.Message.Content;
        var acl = context.Acl();
        var hash = ActionHash.Of(action.TaskId, action.StepId, action.Tool, action.Arguments);
        if (hash == action.ActionHash)
        {
            await desk.Ask(context, QuestionOf.Action(action, acl, clock.GetUtcNow()));
            return;
        }

        // Shown one action and made to sign another: nobody is asked.
        audit.Add("loopbus", "turned-down", null, $"{action.TaskId} {action.StepId}: proposed with the hash {action.ActionHash}, but its action has {hash}.");
        var reason = new Reason(ReasonCodes.HashMismatch, $"The action of {action.StepId} has the hash {hash}, not {action.ActionHash}. Propose it with its own hash.");
        await answers.Refuse(action, acl, reason, context.CancellationToken);
    }
}
