using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Persistence.Database;

/// <summary>What differs between the databases; everything else is the same SQL.</summary>
internal interface IDialect
{
    /// <summary>Connections for statements of our own; the DbContext has others.</summary>
    DbDataSource DataSource { get; }

    void Configure(DbContextOptionsBuilder options, string schema);

    /// <summary>Has long values of a schema that stands compressed at little cost, as far as the server can; null where there is nothing to say.</summary>
    string? Compress(string schema);

    /// <summary>
    /// Whether the row statements below take arrays, one value a row, and return the key of each row that they affected; else they take one row each.
    /// </summary>
    bool TakesArrays { get; }

    /// <summary>The array parameter for what <paramref name="scalar"/> is for one value.</summary>
    DbParameter ToArray<T>(DbParameter scalar, T[] values);

    /// <summary>
    /// <paramref name="statement"/>, refused (<see cref="IsMissing"/>) unless it affects a row for each that it is given, so that a batch of such statements
    /// is a transaction by itself; null where there is no such thing.
    /// </summary>
    string? Each(string statement);

    /// <summary><paramref name="statement"/> for a batch with a transaction around it: it waits two seconds for a lock, and does nothing where the transaction has ended.</summary>
    string InTransaction(string statement);

    /// <summary>Whether a statement made by <see cref="Each"/> did not find all of its rows as expected.</summary>
    bool IsMissing(DbException exception);

    string Insert(string table, IReadOnlyList<string> columns, IReadOnlyList<string> parameters);

    /// <summary>INSERT that writes no row where the key is there already; of two at the same time one may fail as <see cref="IsLostRace"/>.</summary>
    string InsertIfAbsent(string table, IReadOnlyList<string> columns, IReadOnlyList<string> parameters, IReadOnlyList<string> key);

    /// <summary>UPDATE of rows that are as <paramref name="known"/> says.</summary>
    string Update(
        string table, IReadOnlyList<(string Column, string Parameter)> set, IReadOnlyList<KnownColumn> known, IReadOnlyList<string> key);

    /// <summary>DELETE of rows that are as <paramref name="known"/> says.</summary>
    string Delete(string table, IReadOnlyList<KnownColumn> known, IReadOnlyList<string> key);

    /// <summary>SELECT of rows by key.</summary>
    string Select(string table, IReadOnlyList<string> columns, IReadOnlyList<KnownColumn> key);

    /// <summary>Whether the database refused a statement, for what it says or for a lock, and is well: one at a time, others may pass.</summary>
    bool IsRefused(DbException exception);

    /// <summary>Whether another transaction was in the way, and running again is right: a deadlock's victim, a key written at the same time.</summary>
    bool IsLostRace(DbException exception);

    /// <summary>Whether the database is away or short of something, and its driver does not say so by <see cref="DbException.IsTransient"/>.</summary>
    bool IsAway(DbException exception);

    /// <summary>Locks the row @key until the transaction ends; an error where it is not free within two seconds. Others may read it.</summary>
    string Lock(string table, string key);

    /// <summary>Takes rows for one sender (parameters @now, @until, and @limit or @unit): moves visible_at, counts the attempt, returns the rows.</summary>
    string Claim(string table, string columns, bool ofUnit);

    /// <summary>DELETE of at most @limit rows with <paramref name="column"/> before @before.</summary>
    string DeleteOlder(string table, string column);

    /// <summary>The command that wakes the relays of other processes when the transaction commits; null where there is none.</summary>
    string? Notify(string channel);

    /// <summary>Calls <paramref name="woken"/> for each wake-up of others until cancelled; returns at once where there is no such thing.</summary>
    Task Listen(string channel, Action woken, CancellationToken cancellationToken);
}
