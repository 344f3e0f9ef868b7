using LoopBus.Benchmarks.Floors;
using LoopBus.Benchmarks.Loads;
using LoopBus.Benchmarks.Machine;
using LoopBus.Testing.Processes;
using Npgsql;

namespace LoopBus.Benchmarks;

/// <summary>What the sections measure with, and the floors, once they are known.</summary>
internal sealed class Bench(Installation installation, NpgsqlDataSource database, Meter meter, Pace pace, TimeProvider time)
{
    public Installation Installation => installation;

    public NpgsqlDataSource Database => database;

    public Meter Meter => meter;

    public Pace Pace => pace;

    public TimeProvider Time => time;

    public List<Floor> Floors { get; } = [];

    /// <summary>The runs of five steps, once they are measured.</summary>
    public List<LoadFigures> Loads { get; } = [];

    /// <summary>How often a second this machine does a bare thing with so many under way; of the most measured, where that is fewer.</summary>
    public double? FloorOf(string name, int concurrency) =>
        Floors.Where(floor => floor.Name == name && floor.Concurrency <= concurrency).MaxBy(floor => floor.Concurrency)?.PerSecond.Median;
}
