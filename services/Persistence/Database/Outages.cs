using System.Data.Common;

namespace LoopBus.Persistence.Database;

/// <summary>Tells an outage of the database, which passes, from other failures.</summary>
public sealed class Outages
{
    /// <summary>When a client may come again, in seconds.</summary>
    public const int RetryAfterSeconds = 2;

    private readonly IDialect dialect;

    internal Outages(IDialect dialect) => this.dialect = dialect;

    public bool Has(Exception exception) => Causes.Of(exception).OfType<DbException>().Any(cause => cause.IsTransient || dialect.IsAway(cause));
}
