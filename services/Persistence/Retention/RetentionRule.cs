namespace LoopBus.Persistence.Retention;

/// <summary>What is removed when it is older than a time, at most so many at once; says how many that were. It runs in a scope of its own.</summary>
public delegate Task<int> RetentionRule(IServiceProvider scope, DateTimeOffset before, int limit, CancellationToken cancellationToken);
