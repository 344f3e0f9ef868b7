using System.Runtime.InteropServices;
using LoopBus.Benchmarks.Loads;
using LoopBus.Benchmarks.Machine;
using LoopBus.Benchmarks.Reports;
using LoopBus.Benchmarks.Sections;
using LoopBus.Testing;
using LoopBus.Testing.Processes;
using Npgsql;

namespace LoopBus.Benchmarks;

/// <summary>From an empty folder to a report: a private broker and database, the services, a warm-up, and the sections one after the other.</summary>
internal static class Measuring
{
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(60);

    /// <returns>Whether every section came to its end.</returns>
    public static async Task<bool> Run(Wanted wanted, TextWriter console, TimeProvider time)
    {
        var folder = Repository.PathOf(".local", "bench", $"{time.GetUtcNow():yyyyMMdd-HHmmss}");
        var probes = Directory.CreateTempSubdirectory("loopbus-bench-");
        await using var installation = new Installation(Path.Combine(folder, "stack"));
        installation.Settings["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        installation.Settings[StartupHook.Folder] = probes.FullName;
        // Each question of a run has a deadline, which comes as a message even when the answer was there long before: within the measurement, not after it.
        installation.Settings["LoopBus:Coordinator:PlanReplySeconds"] = $"{Pace.DeadlineSeconds}";
        installation.Settings["LoopBus:Coordinator:StepGraceSeconds"] = "1";
        // As one sets it where speed counts: the loops are scripts, and the planner would say the same for each run.
        installation.Settings["LoopBus:Coordinator:RememberScripts"] = "true";
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            var measuring = Task.Run(() => Measure(wanted, installation, folder, probes.FullName, console, time));
            // Where it is stopped, the stack is still removed.
            return await Task.WhenAny(measuring, stopped.Task) == measuring && await measuring;
        }
        finally
        {
            probes.Delete(recursive: true);
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopped.TrySetResult();
        }
    }

    private static async Task<bool> Measure(Wanted wanted, Installation installation, string folder, string probes, TextWriter console, TimeProvider time)
    {
        var began = time.GetTimestamp();
        var now = time.GetUtcNow();
        await installation.Start(Repository.PathOf("tests", "Benchmarks", "loops"));
        await using var database = Connections(installation);
        var bench = new Bench(installation, database, new Meter(installation, database, probes, time), wanted.Pace, time);
        await WarmUp.Within(LongestWarmUp, bench);
        await console.WriteLineAsync($"The stack is up and warm after {time.GetElapsedTime(began).TotalSeconds:0} s.\n");

        var reports = new List<SectionReport>();
        foreach (var section in wanted.Sections)
        {
            var report = await Measure(section, bench);
            foreach (var table in report.Tables)
                await console.WriteLineAsync(table.ToText());
            if (report.Tables.Count == 0)
                await console.WriteLineAsync($"{section.Name}: {report.Figures}\n");
            reports.Add(report);
        }

        ReportFolder.Write(folder, Place.Here(now, await Commit()), reports);
        await console.WriteLineAsync($"Report: {Path.Combine(folder, "report.html")} ({time.GetElapsedTime(began).TotalSeconds:0} s in all)");
        return reports.TrueForAll(report => report.Tables.Count > 0);
    }

    // What one section finds broken keeps no other from being measured.
    private static async Task<SectionReport> Measure(ISection section, Bench bench)
    {
        try
        {
            return await section.Measure(bench);
        }
        catch (Exception exception)
        {
            return new SectionReport(section.Name, [], [], $"not measured: {exception.Message}");
        }
    }

    private static NpgsqlDataSource Connections(Installation installation)
    {
        var builder = new NpgsqlDataSourceBuilder(installation.Servers.Settings["LoopBus:Database:ConnectionString"]);
        builder.ConnectionStringBuilder.MaxPoolSize = 80;
        return builder.Build();
    }

    private static async Task<string> Commit()
    {
        try
        {
            return (await Shell.Run("git", "-C", Repository.Root, "describe", "--always", "--dirty")).Trim();
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return "unknown";
        }
    }
}
