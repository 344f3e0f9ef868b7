using LoopBus.Contracts.Acts;
using LoopBus.Loops;

namespace LoopBus.Coordinator.Runs;

/// <summary>How a run will end once its effects are taken back, by the terminator's word.</summary>
internal sealed record Ending(TerminationReason Reason, string Sentence)
{
    /// <summary>It quotes models and people, and is a column of the run: without what a database's text does not know.</summary>
    public string Sentence { get; init; } = StorableText.Of(Sentence);

    public static Ending Of(Termination termination) => new(termination.Reason, termination.Sentence);

    public static Ending Of(TerminationReason fact, string detail) =>
        Of(Terminator.Decide(new RunFigures(Fact: fact, Detail: detail), new LoopLimits())!);
}
