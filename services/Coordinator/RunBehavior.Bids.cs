using System.Text.RegularExpressions;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Coordinator.Runs;
using LoopBus.Hosting;
using LoopBus.Loops.Bidding;
using MassTransit;

namespace LoopBus.Coordinator;

/// <summary>The verbs for a step that executors bid for: FIPA's contract net, with the coordinator as its manager.</summary>
internal sealed partial class RunBehavior
{
    public async Task BidMade(BehaviorContext<RunState, Propose<Bid>> c)
    {
        var bid = c.Message.Content;
        if (bid.Executor != c.Acl().Sender || !Executor().IsMatch(bid.Executor))
        {
            await NotUnderstand(c, "bad-bid", $"A bid names its executor, which is its sender and executor or executor-<kind>; it is {Shown(bid.Executor)} from {Shown(c.Acl().Sender)}.");
            return;
        }

        var isLate = c.Saga.Document.Conversations.Find(each => each.Id == c.Acl().ConversationId) is { Open: false };
        var conversation = await Hear(c, Topic.Step, bid.StepId);

        if (conversation is not null && Announced(c.Saga, conversation, bid.Attempt) is { } step)
        {
            (step.Bids ??= []).Add(bid with { Action = null });
            await AwardWhenAllAnswered(c, conversation, step);
        }
        else if (isLate || conversation is not null)
        {
            await RunVoice.TurnDown(c, bid, new Reason("late", "The step is awarded, or needed no more."));
        }
    }

    /// <summary>An executor refuses to bid.</summary>
    private async Task NotBid(BehaviorContext<RunState> c, Conversation conversation, ExecuteStep asked)
    {
        if (Announced(c.Saga, conversation, asked.Attempt) is { } step)
            await AwardWhenAllAnswered(c, conversation, step);
    }

    // The step that waits for bids in this conversation, and no older one.
    private static StepState? Announced(RunState run, Conversation conversation, int attempt) =>
        run.Document.Find(conversation.Subject) is { Status: StepStatus.AwaitingBids } step && step.Attempt == attempt && run.Document.Latest(Topic.Step, step.Id) == conversation ? step : null;

    private Task AwardWhenAllAnswered(BehaviorContext<RunState> c, Conversation conversation, StepState step) =>
        conversation.Participants!.Count >= (loops.Pinned(c.Saga.LoopHash).ContractNet!.Bidders ?? ContractNet.MostBidders) ? Award(c, conversation, step) : Task.CompletedTask;

    private async Task Award(BehaviorContext<RunState> c, Conversation conversation, StepState step)
    {
        var run = c.Saga;
        var net = loops.Pinned(run.LoopHash).ContractNet!;

        if (run.Document.Paused || run.Document.IsStuck)
        {
            await RunVoice.CloseBidding(c, step, new Reason("paused", "The run stands still; the step is announced anew when it goes on."));
            step.Status = StepStatus.Ready;
            step.Attempt--;
            return;
        }

        var bids = BidRanking.Order(step.Bids ?? [], net.Weigh);
        if ((bids.FirstOrDefault(bid => step.Silent?.Contains(bid.Executor) != true) ?? (bids.Count > 0 ? bids[0] : null)) is { } best)
        {
            run.Document.Note(time.GetUtcNow(), $"{step.Id} awarded", $"{best.Executor}, of {bids.Count} bids");
            await voice.Award(c, conversation, step, best);
            return;
        }

        await RunVoice.CloseBidding(c, step, new Reason("no-bid", "Nobody bid."));
        // Nobody else can say whether it acted.
        if (step.MayHaveActed)
            await voice.Execute(c, step);
        else
            await StepFailed(c, step, new Reason("no-bid", $"No executor bid for {step.Id} ({step.Tool}) within {net.WithinSeconds} s. Start one that has the tool, or give them longer: contractNet.within.", Retryable: true));
    }

    private static string Shown(string? name) => name is { Length: <= 64 } ? $"'{name}'" : "something else";

    [GeneratedRegex("^executor(-[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Executor();
}
