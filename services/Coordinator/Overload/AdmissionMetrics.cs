using System.Diagnostics.Metrics;

namespace LoopBus.Coordinator.Overload;

/// <summary>What admission counts and sees, in meter LoopBus.Coordinator.</summary>
internal sealed class AdmissionMetrics
{
    private readonly Counter<long> admitted;
    private readonly Counter<long> refused;
    private readonly Counter<long> putOff;
    private int runs;
    private double lag;
    private int late;
    private int open = 1;

    public AdmissionMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("LoopBus.Coordinator");
        admitted = meter.CreateCounter<long>("loopbus.admission.admitted", "{trigger}", "Triggers of new tasks that were taken");
        refused = meter.CreateCounter<long>("loopbus.admission.refused", "{trigger}", "Triggers of new tasks that were refused or held, by reason");
        putOff = meter.CreateCounter<long>("loopbus.retries.put_off", "{step}", "Retries of steps that the process's budget put off");
        meter.CreateObservableGauge("loopbus.admission.active_runs", () => Volatile.Read(ref runs), "{run}", "Runs that take work, or are about to");
        meter.CreateObservableGauge("loopbus.admission.lag", () => Volatile.Read(ref lag), "s", "How long messages wait for the coordinator");
        meter.CreateObservableGauge("loopbus.admission.late_messages", () => Volatile.Read(ref late), "{message}", "Outgoing messages that are late");
        meter.CreateObservableGauge("loopbus.admission.open", () => Volatile.Read(ref open), description: "1 while new runs are taken, else 0");
    }

    public void Admitted() => admitted.Add(1);

    public void Refused(string reason) => refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void PutOff() => putOff.Add(1);

    public void Measured(int activeRuns, TimeSpan waited, int lateMessages, bool isOpen)
    {
        Volatile.Write(ref runs, activeRuns);
        Volatile.Write(ref lag, waited.TotalSeconds);
        Volatile.Write(ref late, lateMessages);
        Volatile.Write(ref open, isOpen ? 1 : 0);
    }
}
