using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Coordinator.Runs;
using LoopBus.Hosting;
using LoopBus.Loops;
using MassTransit;

namespace LoopBus.Coordinator;

/// <summary>What the coordinator says where executors bid for a step (FIPA contract net).</summary>
internal sealed partial class RunVoice
{
    /// <summary>Calls for bids, from every kind of executor.</summary>
    public Task Announce(BehaviorContext<RunState> c, LoopDefinition loop, StepState step)
    {
        var asked = Asked(c.Saga, step);
        step.Status = StepStatus.AwaitingBids;
        step.Bids = null;

        return Say(
            c, new CallForProposal<ExecuteStep>(asked), Topic.Step, step.Id, step.Asked, Protocols.ContractNet, Executors,
            TimeSpan.FromSeconds(loop.ContractNet!.WithinSeconds));
    }

    /// <summary>Gives a step to one of those that bid for it, and turns the others down.</summary>
    public async Task Award(BehaviorContext<RunState> c, Conversation conversation, StepState step, Bid best)
    {
        var asked = Step(c.Saga, step);
        var wait = TimeSpan.FromSeconds(asked.TimeoutSeconds + options.Value.StepGraceSeconds);
        step.Status = StepStatus.Executing;
        step.Executor = best.Executor;
        step.StartedAt ??= time.GetUtcNow();
        conversation.Overdue = false;
        conversation.ReplyBy = time.GetUtcNow() + wait;
        conversation.Add(best.Executor, Performative.AcceptProposal);

        await c.Tell(QueueOf(best.Executor), new AcceptProposal<Bid>(best with { Action = asked with { Allowance = await Allowance(c, step) } }),
            new AclParameters { ConversationId = conversation.Id, Protocol = conversation.Protocol, Receiver = best.Executor, ReplyBy = conversation.ReplyBy });
        Later(c.Saga, DeadlineKind.Reply, wait, conversation: conversation.Id);
        await TurnDown(c, step, best.Executor, new Reason("another", "Another bid is better."));
    }

    /// <summary>Where a step is announced: nobody's bid is taken any more.</summary>
    public static async Task CloseBidding(BehaviorContext<RunState> c, StepState step, Reason reason)
    {
        if (step.Status != StepStatus.AwaitingBids)
            return;
        c.Saga.Document.Latest(Topic.Step, step.Id)!.Open = false;
        await TurnDown(c, step, except: null, reason);
    }

    public static Task TurnDown(BehaviorContext<RunState> c, Bid bid, Reason reason) =>
        c.Tell(QueueOf(bid.Executor), new RejectProposal<Bid>(bid, reason), new AclParameters { ConversationId = c.Acl().ConversationId, Protocol = Protocols.ContractNet, Receiver = bid.Executor });

    private static async Task TurnDown(BehaviorContext<RunState> c, StepState step, string? except, Reason reason)
    {
        var conversation = c.Saga.Document.Latest(Topic.Step, step.Id)!;

        foreach (var bid in (step.Bids ?? []).Where(bid => bid.Executor != except))
        {
            conversation.Add(bid.Executor, Performative.RejectProposal);
            await c.Tell(QueueOf(bid.Executor), new RejectProposal<Bid>(bid, reason), new AclParameters { ConversationId = conversation.Id, Protocol = conversation.Protocol, Receiver = bid.Executor });
        }

        step.Bids = null;
    }

    private static Uri QueueOf(string executor) => new($"queue:{executor}");
}
