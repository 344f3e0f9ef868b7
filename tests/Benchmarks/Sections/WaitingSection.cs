using LoopBus.Benchmarks.Figures;
using LoopBus.Benchmarks.Loads;
using LoopBus.Benchmarks.Machine;
using LoopBus.Benchmarks.Reports;
using LoopBus.Benchmarks.Seeds;

namespace LoopBus.Benchmarks.Sections;

/// <summary>What many runs that wait for a person cost while they wait, and what they cost the runs that do not.</summary>
internal sealed class WaitingSection : ISection
{
    private const int Real = 100;
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(8);
    private static readonly string[] Spenders = ["Coordinator", "Planner", "Executor", "Critic", "Approval", Meter.Database, Meter.Broker];

    private static readonly string[] Restarted = ["Coordinator", "Approval"];

    public string Name => "waiting";

    public async Task<SectionReport> Measure(Bench bench)
    {
        using var approver = await Approver.SignIn(bench.Installation, bench.Time);
        var states = new List<WaitingFigures> { await Measure(bench, approver, 0) };
        var seed = await Seed.Plant(bench, LoadKind.Gated, Real, "approval.questions", "status = 'Open'");
        var waiting = Real;
        foreach (var count in new[] { 10_000, 100_000 })
        {
            await seed.Copy((count - waiting) / Real);
            waiting = count;
            states.Add(await Measure(bench, approver, count));
        }

        var loads = states.Select(state => state.Load).ToArray();
        return new SectionReport(
            Name,
            [
                new Table(
                    $"Runs that wait for a person: processor while nothing else happens, ms a second",
                    ["waiting", .. Spenders.Select(one => one.ToLowerInvariant())],
                    [.. states.Select(state => LoadTables.Cells([$"{state.Waiting:#,0}", .. Spenders.Select(one => Shown.Milliseconds(state.Idle.CpuSeconds[one] / state.Idle.Seconds))]))],
                    $"{Real} of them came by messages; the others are copies of all their rows, of what is due in days too."),
                new Table(
                    "Resident MiB, and what a person waits for",
                    ["waiting", .. Spenders.Select(one => one.ToLowerInvariant()), "inbox page ms", "a gated run ms", "restart s"],
                    [.. states.Select(state => LoadTables.Cells(
                        [$"{state.Waiting:#,0}", .. Spenders.Select(one => Shown.Megabytes(state.Memory[one])), Shown.Number(state.Inbox.P50), Shown.Number(state.GatedRun.P50), Shown.Number(state.Restart.TotalSeconds)]))],
                    "Restart: coordinator and approval are killed at the same time; until both are ready again."),
                LoadTables.Speed("Runs of five steps meanwhile", loads), LoadTables.Cpu(loads),
            ],
            [],
            states);
    }

    private static async Task<WaitingFigures> Measure(Bench bench, Approver approver, int waiting)
    {
        // Two services were restarted, and have compiled nothing yet.
        await WarmUp.Within(LongestWarmUp, bench);
        await Task.Delay(Rest, bench.Time);
        var before = await bench.Meter.Read();
        await Task.Delay(Idle, bench.Time);
        var idle = await bench.Meter.Read() - before;
        var memory = bench.Meter.Memory();
        var load = await LoadMeasure.Measure(bench, $"{waiting:#,0} waiting", LoadKind.FiveSteps, 16, Pace.Brief);

        var inbox = new List<TimeSpan>();
        var gated = new List<TimeSpan>();
        await using var runs = await Load.Open(bench.Installation, bench.Time);
        for (var time = 0; time < 7; time++)
        {
            var began = bench.Time.GetTimestamp();
            await approver.Inbox();
            inbox.Add(bench.Time.GetElapsedTime(began));
            gated.Add(await runs.Run(LoadKind.Gated.Loop, LoadKind.Gated.Input, approver.Accept));
        }

        return new WaitingFigures(waiting, idle, memory, load, Percentiles.Of(inbox), Percentiles.Of(gated), await Restart(bench));
    }

    private static async Task<TimeSpan> Restart(Bench bench)
    {
        var killed = bench.Time.GetTimestamp();
        foreach (var service in Restarted.Select(bench.Installation.One))
        {
            await service.Kill();
            service.Start();
        }

        await bench.Installation.UntilReady();
        return bench.Time.GetElapsedTime(killed);
    }
}
