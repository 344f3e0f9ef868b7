using System.Data.Common;
using LoopBus.Persistence.Outbox;
using LoopBus.Persistence.Rows;
using LoopBus.Persistence.Sagas;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Persistence;

/// <summary>What one unit of work is to write, and what is to go out after it.</summary>
internal sealed class PendingWork(Guid id, IServiceProvider services)
{
    public Guid Id { get; } = id;

    public GatheredRows Rows { get; } = new(services);

    public List<OutboxMessage> Said { get; } = [];

    public List<Func<DbConnection, DbTransaction, CancellationToken, Task>> Enlisted { get; } = [];

    /// <summary>The scope's DbContext, where one was made.</summary>
    public DbContext? Context { get; set; }

    /// <summary>The lock that it has, with the transaction to commit it in.</summary>
    public HeldLock? Lock { get; set; }

    /// <summary>How many of <see cref="Said"/> are in the transaction already.</summary>
    public int Written { get; set; }

    /// <summary>The rows that this process publishes itself, right after the commit.</summary>
    public List<OutboxMessage> Sending { get; } = [];

    /// <summary>When the first row is due that is left to a relay; null where there is none.</summary>
    public DateTimeOffset? NextDue => Said.Where(message => message is { Attempts: 0, IsWithdrawn: false }).Min(message => (DateTimeOffset?)message.DueAt);

    public bool HasChanges => Context?.ChangeTracker.HasChanges() == true;

    /// <summary>Whether it writes more than rows of its own making: that is done in a transaction of its own.</summary>
    public bool IsApart => Lock is not null || Enlisted.Count > 0 || HasChanges;

    public bool IsEmpty => Said.Count == 0 && Rows.Count == 0 && !IsApart;
}
