using LoopBus.Contracts.Planning;

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

    /// <summary>Hand a step to the executor together with the planned steps that follow it, without a word in between.</summary>
    public sealed record ExecuteSegment(StepState First, IReadOnlyList<PlannedStep> Followers) : Decision;

    /// <summary>A planned step has all its results: ask the critic where it has checks, else it is done.</summary>
    public sealed record Conclude(PlannedStep Planned) : Decision;

    /// <summary>Ask the critic whether the run's result holds.</summary>
    public sealed record VerifyRun : Decision;

    /// <summary>Turn the run back: nothing new begins, effects are undone, then it ends.</summary>
    public sealed record TurnBack(Ending Ending) : Decision;

    /// <summary>No longer wait for a segment's report: what of it may have acted counts as not undone.</summary>
    public sealed record GiveUpSegment(Conversation Conversation) : Decision;

    /// <summary>Give up a step that has not acted.</summary>
    public sealed record Drop(StepState Step) : Decision;

    /// <summary>Take a step's effect back.</summary>
    public sealed record Compensate(StepState Step) : Decision;

    /// <summary>The run is over.</summary>
    public sealed record End(string State, string Sentence) : Decision;
}
