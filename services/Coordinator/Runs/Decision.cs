using LoopBus.Contracts.Planning;
using LoopBus.Loops;

namespace LoopBus.Coordinator.Runs;

/// <summary>One thing that the conductor decided; the behavior carries it out and says it.</summary>
internal abstract record Decision
{
    /// <summary>Begin a planned step: make its steps, one for each item of a for_each.</summary>
    public sealed record Begin(PlannedStep Planned) : Decision;

    /// <summary>Ask people for leave to do a gated step.</summary>
    public sealed record AskLeave(StepState Step) : Decision;

    /// <summary>Hand a step to the executor.</summary>
    public sealed record Execute(StepState Step) : Decision;

    /// <summary>Announce a step: executors bid for it.</summary>
    public sealed record Announce(StepState Step) : Decision;

    /// <summary>Hand a step to the executor together with the planned steps that follow it, without a word in between.</summary>
    public sealed record ExecuteSegment(StepState First, IReadOnlyList<PlannedStep> Followers) : Decision;

    /// <summary>A planned step has all its results: ask the critic where it has checks, else it is done.</summary>
    public sealed record Conclude(PlannedStep Planned) : Decision;

    /// <summary>Ask the critic whether the run's result holds.</summary>
    public sealed record VerifyRun : Decision;

    /// <summary>The result is found good: what the loop does with it becomes part of the plan.</summary>
    public sealed record Follow : Decision;

    /// <summary>Look whether the invariants hold after what the last steps brought.</summary>
    public sealed record Observe : Decision;

    /// <summary>Ask the planner how the run goes on.</summary>
    public sealed record AskNext : Decision;

    /// <summary>A planned step failed for good in a run that a model plans: what is left is decided anew.</summary>
    public sealed record GiveUpStep(PlannedStep Planned) : Decision;

    /// <summary>Compare the result with those of earlier runs.</summary>
    public sealed record LookBack : Decision;

    /// <summary>The run came to a limit: it turns back, or people are asked where its loop says so.</summary>
    public sealed record Stop(Termination Termination) : Decision;

    /// <summary>No longer wait for a segment's report: what of it may have acted counts as not undone.</summary>
    public sealed record GiveUpSegment(Conversation Conversation) : Decision;

    /// <summary>A segment that was cancelled does not report, and the run cannot decide anew without knowing what it did: it turns back.</summary>
    public sealed record LoseSegment(Conversation Conversation) : Decision;

    /// <summary>Give up a step that has not acted.</summary>
    public sealed record Drop(StepState Step) : Decision;

    /// <summary>Take a step's effect back.</summary>
    public sealed record Compensate(StepState Step) : Decision;

    /// <summary>The run is over.</summary>
    public sealed record End(string State, string Sentence) : Decision;
}
