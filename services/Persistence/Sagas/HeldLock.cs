using System.Data;
using System.Data.Common;
using LoopBus.Persistence.Database;

namespace LoopBus.Persistence.Sagas;

/// <summary>A transaction that has locked a saga's row, for the one message that it will commit; its end, however it comes, is the lock's.</summary>
internal sealed class HeldLock(DbConnection connection, SemaphoreSlim free) : IAsyncDisposable
{
    private DbTransaction? transaction;

    public DbConnection Connection => connection;

    public DbTransaction Transaction => transaction!;

    public async Task Begin(string sql, Guid saga, CancellationToken cancellationToken)
    {
        await connection.OpenAsync(cancellationToken);
        transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        command.With("key", saga, DbType.Guid);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (transaction is not null)
                await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
        finally
        {
            free.Release();
        }
    }
}
