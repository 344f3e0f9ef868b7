using System.Diagnostics.Metrics;

namespace LoopBus.Persistence;

/// <summary>Counts of the meter LoopBus.Persistence.</summary>
internal sealed class PersistenceMetrics
{
    private readonly Counter<long> commits;
    private readonly Counter<long> conflicts;
    private readonly Counter<long> sagaConflicts;
    private readonly Counter<long> sagaLocks;
    private readonly Histogram<int> groups;
    private readonly Counter<long> duplicates;
    private readonly Counter<long> sent;
    private readonly Counter<long> unsent;

    public PersistenceMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("LoopBus.Persistence");
        commits = meter.CreateCounter<long>("loopbus.unit_of_work.commits", description: "Units of work committed.");
        groups = meter.CreateHistogram<int>("loopbus.unit_of_work.group", description: "Units of work that went to the database together.");
        conflicts = meter.CreateCounter<long>("loopbus.unit_of_work.conflicts", description: "Units of work that lost a race for a saga or row.");
        sagaConflicts = meter.CreateCounter<long>("loopbus.saga.conflicts", description: "Attempts at messages of sagas that lost a race and were made again, by queue.");
        sagaLocks = meter.CreateCounter<long>("loopbus.saga.locks", description: "Messages that had the lock of a saga that processes contend for.");
        duplicates = meter.CreateCounter<long>("loopbus.inbox.duplicates", description: "Messages that were handled before.");
        sent = meter.CreateCounter<long>("loopbus.outbox.sent", description: "Messages that the broker has confirmed.");
        unsent = meter.CreateCounter<long>("loopbus.outbox.unsent", description: "Attempts that left a message in the outbox.");
    }

    public void Committed(int units) => commits.Add(units);

    public void Group(int units) => groups.Record(units);

    public void Conflict() => conflicts.Add(1);

    public void SagaConflict(string queue) => sagaConflicts.Add(1, new KeyValuePair<string, object?>("queue", queue));

    public void SagaLocked() => sagaLocks.Add(1);

    public void Duplicate(string queue) => duplicates.Add(1, new KeyValuePair<string, object?>("queue", queue));

    public void Sent() => sent.Add(1);

    public void NotSent(int messages) => unsent.Add(messages);
}
