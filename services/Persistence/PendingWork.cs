using System.Data.Common;
using LoopBus.Persistence.Outbox;
using LoopBus.Persistence.Sagas;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Persistence;

/// <summary>What one transaction is to write, and what is to go out after it.</summary>
internal sealed class PendingWork(Guid id)
{
    public Guid Id { get; } = id;

    public List<OutboxMessage> Said { get; } = [];

    public List<SagaWrite> Sagas { get; } = [];

    public List<Func<DbConnection, DbTransaction, CancellationToken, Task>> Enlisted { get; } = [];

    /// <summary>The scope's DbContext, where one was made.</summary>
    public DbContext? Context { get; set; }

    /// <summary>How many of <see cref="Said"/> are in the transaction already.</summary>
    public int Written { get; set; }

    /// <summary>The rows that this process publishes itself, right after the commit.</summary>
    public List<OutboxMessage> Sending { get; } = [];

    public bool HasChanges => Context?.ChangeTracker.HasChanges() == true;

    public bool IsEmpty => Said.Count == 0 && Sagas.Count == 0 && Enlisted.Count == 0 && !HasChanges;
}
