namespace LoopBus.Benchmarks.Loads;

/// <summary>Runs until the services have compiled what they run: no one's first run is measured.</summary>
internal static class WarmUp
{
    private const int Runs = 400;
    private const int CompiledWhenWarm = 40;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    public static async Task Within(TimeSpan longest, Bench bench)
    {
        await using var load = await Load.Open(bench.Installation, bench.Time);
        load.Start(LoadKind.FiveSteps.Loop, LoadKind.FiveSteps.Input, workers: 16);
        var began = bench.Time.GetTimestamp();
        var compiling = true;
        while ((compiling || load.Ended < Runs) && bench.Time.GetElapsedTime(began) < longest)
        {
            var compiled = await bench.Meter.Compiled();
            await load.For(Look);
            compiling = await bench.Meter.Compiled() - compiled > CompiledWhenWarm;
        }

        await load.Stop();
    }
}
