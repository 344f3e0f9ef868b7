namespace LoopBus.Loops;

/// <summary>The terminator's word: the run ends, for this reason, in this sentence for people.</summary>
public sealed record Termination(TerminationReason Reason, string Sentence)
{
    public bool Succeeded => Reason == TerminationReason.Success;
}
