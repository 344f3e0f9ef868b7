using System.Data.Common;
using LoopBus.Persistence.Outbox;
using LoopBus.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Persistence;

/// <summary>What one unit of work is to write, and what is to go out after it.</summary>
internal sealed class PendingWork(Guid id)
{
    private readonly List<(object Row, Func<RowWrite> Write)> rows = [];
    private int taken;

    public Guid Id { get; } = id;

    public List<OutboxMessage> Said { get; } = [];

    public List<Func<DbConnection, DbTransaction, CancellationToken, Task>> Enlisted { get; } = [];

    /// <summary>The scope's DbContext, where one was made.</summary>
    public DbContext? Context { get; set; }

    /// <summary>How many of <see cref="Said"/> are in the transaction already.</summary>
    public int Written { get; set; }

    /// <summary>The rows that this process publishes itself, right after the commit.</summary>
    public List<OutboxMessage> Sending { get; } = [];

    public bool HasChanges => Context?.ChangeTracker.HasChanges() == true;

    /// <summary>Whether it writes more than rows of its own making: that is done in a transaction of its own.</summary>
    public bool IsApart => Enlisted.Count > 0 || HasChanges;

    public bool IsEmpty => Said.Count == 0 && rows.Count == 0 && !IsApart;

    public bool Has(object row) => rows.Exists(added => ReferenceEquals(added.Row, row));

    /// <summary>Adds a row; its values are taken at the commit.</summary>
    public void Add(object row, Func<RowWrite> write) => rows.Add((row, write));

    /// <summary>From the first again, where a commit has failed before.</summary>
    public void Restart() => (taken, Written) = (0, 0);

    /// <summary>The rows that were added since the last call.</summary>
    public List<RowWrite> Take()
    {
        var writes = rows[taken..].ConvertAll(row => row.Write());
        taken = rows.Count;
        return writes;
    }
}
