using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace LoopBus.Standards.Tests.SqlServer;

/// <summary>Keeps what EF would send, sends nothing, and answers each question with one row of nothing in particular.</summary>
internal sealed class Recorder : DbCommandInterceptor, IDbConnectionInterceptor, IDbTransactionInterceptor
{
    public List<string> Sent { get; } = [];

    public ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        new(InterceptionResult.Suppress());

    public ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default) =>
        new(InterceptionResult<DbTransaction>.SuppressWithResult(new NoTransaction(connection)));

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Sent.Add(command.CommandText);
        return new(InterceptionResult<DbDataReader>.SuppressWithResult(new OneRow()));
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Sent.Add(command.CommandText);
        return new(InterceptionResult<int>.SuppressWithResult(0));
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        Sent.Add(command.CommandText);
        return new(InterceptionResult<object>.SuppressWithResult(0));
    }
}
