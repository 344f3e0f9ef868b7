using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace LoopBus.Persistence;

/// <summary>The database server's clock: the one that all copies of all services share.</summary>
public static class ServerClock
{
    /// <summary>What the server's clock shows, outside a transaction.</summary>
    public static Task<DateTimeOffset> Now(this DatabaseFacade database, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.SqlQueryRaw<DateTimeOffset>(database.IsNpgsql() ? "SELECT now() AS \"Value\"" : "SELECT SYSDATETIMEOFFSET() AS Value").SingleAsync(cancellationToken);
    }
}
