namespace LoopBus.Loops.Debating;

/// <summary>What one judge said: which candidate is best as they stood, and as they stood the other way round. Null: it could not tell.</summary>
public sealed record Ballot(string? Forward, string? Backward)
{
    /// <summary>Its vote; none where the order decided (position bias; Zheng et al., Judging LLM-as-a-Judge, 2023).</summary>
    public string? Vote => Forward == Backward ? Forward : null;
}
