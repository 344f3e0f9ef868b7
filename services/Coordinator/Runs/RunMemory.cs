using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Planning;
using LoopBus.Contracts.Runs;
using LoopBus.Hosting;
using LoopBus.Loops;
using MassTransit;

namespace LoopBus.Coordinator.Runs;

/// <summary>Tells the planner, in a run's last commit, what is to be remembered of it; of a loop with a memory only.</summary>
internal static class RunMemory
{
    public static async Task Tell(BehaviorContext<RunState> c, LoopDefinition loop, Spent? allowance)
    {
        if (Of(c.Saga, loop) is { } learned)
            await c.Say(new Inform<RunLearned>(learned with { Allowance = allowance }), new AclParameters { ConversationId = RunId.Of(c.Saga.TaskId), Receiver = "planner" });
    }

    /// <returns>Null where the loop remembers nothing, or there is nothing.</returns>
    public static RunLearned? Of(RunState run, LoopDefinition loop)
    {
        // A run that is set aside may go on: it says what it learned when it has ended.
        if (loop.Memory is not { } memory || run.Next == nameof(RunStateMachine.Quarantined))
            return null;

        var document = run.Document;
        var completed = run.Next == nameof(RunStateMachine.Completed);
        var learned = new RunLearned(
            run.TaskId,
            new LoopVersion(run.Loop, run.LoopVersion, run.LoopHash),
            memory.ScopeOf(run.Loop, run.Tenant),
            RunStatuses.Of(run.Next),
            run.Reason,
            run.EndedAt!.Value,
            (completed ? memory.Facts : memory.Lessons) ? document.Facts ?? [] : [],
            memory.Lessons ? document.Lessons ?? [] : [],
            memory.Lessons ? [.. Said(document)] : []);

        // A run that failed before it did anything, as where no model was there to ask, teaches nothing but that.
        return learned is { Facts.Count: 0, Lessons.Count: 0, Said.Count: 0 } && (completed || !memory.Lessons || document.Settled == 0) ? null : learned;
    }

    private static IEnumerable<Guidance> Said(RunDocument document) =>
        (document.Guidance ?? []).Where(said => said.Kind is "feedback" or "subgoal")
        .Concat(document.Steps.Where(step => step.Problem?.Code == ReasonCodes.Rejected).Select(step => new Guidance("rejection", $"{step.Tool}: {step.Problem!.Text}", "people")));
}
