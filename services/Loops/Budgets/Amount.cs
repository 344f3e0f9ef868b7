namespace LoopBus.Loops.Budgets;

/// <summary>So much of models: tokens, in and out, and US dollars.</summary>
public readonly record struct Amount(long Tokens, decimal Usd)
{
    public static Amount operator +(Amount left, Amount right) => new(left.Tokens + right.Tokens, left.Usd + right.Usd);

    public static Amount operator -(Amount left, Amount right) => new(left.Tokens - right.Tokens, left.Usd - right.Usd);

    /// <summary>The smaller of each.</summary>
    public Amount AtMost(Amount other) => new(Math.Min(Tokens, other.Tokens), Math.Min(Usd, other.Usd));

    /// <summary>Whether there is as much of both.</summary>
    public bool Covers(Amount other) => Tokens >= other.Tokens && Usd >= other.Usd;
}
