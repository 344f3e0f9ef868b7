using LoopBus.Coordinator.Runs;
using LoopBus.Loops;
using MassTransit;

namespace LoopBus.Coordinator;

/// <summary>The verbs for what models take.</summary>
internal sealed partial class RunBehavior
{
    /// <summary>An answer that changes nothing any more has its price all the same.</summary>
    public Task Settle<T>(BehaviorContext<RunState, T> c)
        where T : class =>
        budgets.Settle(c);

    // It waited, unsaid, for budget that others had reserved.
    private async Task AskNow(BehaviorContext<RunState> c, Conversation unsaid)
    {
        if (c.Saga.Document.Ending is null)
            await AskAgain(c, unsaid.Subject);
        else
            unsaid.Open = false;
    }

    private static TerminationReason Fact(string code, TerminationReason otherwise) => code == ReasonCodes.BudgetExceeded ? TerminationReason.BudgetExceeded : otherwise;
}
