using LoopBus.Contracts.Critique;

namespace LoopBus.Critic;

/// <summary>The seam to judgement: answers whether a result holds.</summary>
internal interface ICritic
{
    /// <exception cref="CritiqueException">It cannot be known now.</exception>
    Task<Verdict> Judge(ResultHolds asked, CancellationToken cancellationToken);
}
