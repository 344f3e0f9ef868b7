namespace LoopBus.Loops;

/// <summary>What the models of all runs of a loop may take in one day (UTC): tokens, in and out, and US dollars; null where unbounded.</summary>
public sealed record DailyBudget(long? Tokens = null, decimal? Usd = null);
