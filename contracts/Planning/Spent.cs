namespace LoopBus.Contracts.Planning;

/// <summary>What the models of one service took for a run, from its begin until now: a word that comes twice or late counts once. Usd is null where a price is not known.</summary>
public sealed record Spent(long Tokens, decimal? Usd);
