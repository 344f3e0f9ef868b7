using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Persistence.Tests.Shop;

/// <summary>What one process has counted on a counter of its persistence.</summary>
internal sealed class Count : IDisposable
{
    private readonly MeterListener listener = new();
    private long total;

    public Count(Service service, string counter)
    {
        var process = service.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == counter && ReferenceEquals(instrument.Meter.Scope, process))
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, more, _, _) => Interlocked.Add(ref total, more));
        listener.Start();
    }

    public long Total => Interlocked.Read(ref total);

    public void Dispose() => listener.Dispose();
}
