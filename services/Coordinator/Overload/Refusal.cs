namespace LoopBus.Coordinator.Overload;

/// <summary>Why no new run is taken now, and when to come again.</summary>
internal sealed record Refusal(string Code, string Text, TimeSpan RetryAfter)
{
    public const string Overloaded = "overloaded";

    /// <summary>The day's budget of the loop or the tenant is spent.</summary>
    public const string Spent = ReasonCodes.BudgetExceeded;

    /// <summary>The database does not answer, so nothing can be said of the task.</summary>
    public const string Unavailable = "unavailable";

    public int RetryAfterSeconds => (int)Math.Ceiling(RetryAfter.TotalSeconds);
}
