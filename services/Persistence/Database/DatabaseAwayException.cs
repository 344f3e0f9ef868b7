using System.Data.Common;

namespace LoopBus.Persistence.Database;

/// <summary>The database is away or short of something, said so that who retries can tell (<see cref="IsTransient"/>) where the driver's exception does not.</summary>
internal sealed class DatabaseAwayException(Exception inner) : DbException($"The database is away, or short of something: {inner.Message}", inner)
{
    public override bool IsTransient => true;
}
