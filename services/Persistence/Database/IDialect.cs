using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Persistence.Database;

/// <summary>What differs between the databases; everything else is the same SQL.</summary>
internal interface IDialect
{
    DbDataSource DataSource { get; }

    void Configure(DbContextOptionsBuilder options, string schema);

    /// <summary>INSERT that writes no row where the key is there already; of two at the same time one may fail as <see cref="IsLostRace"/>.</summary>
    string InsertIfAbsent(string table, IReadOnlyList<string> columns, IReadOnlyList<string> parameters, IReadOnlyList<string> key);

    /// <summary>Whether another transaction was in the way, and running again is right: a deadlock's victim, a key written at the same time.</summary>
    bool IsLostRace(DbException exception);

    /// <summary>Takes rows for one sender (parameters @now, @until, and @limit or @unit): moves visible_at, counts the attempt, returns the rows.</summary>
    string Claim(string table, string columns, bool ofUnit);

    /// <summary>DELETE of at most @limit rows with <paramref name="column"/> before @before.</summary>
    string DeleteOlder(string table, string column);

    /// <summary>The command that wakes the relays of other processes when the transaction commits; null where there is none.</summary>
    string? Notify(string channel);

    /// <summary>Calls <paramref name="woken"/> for each wake-up of others until cancelled; returns at once where there is no such thing.</summary>
    Task Listen(string channel, Action woken, CancellationToken cancellationToken);
}
