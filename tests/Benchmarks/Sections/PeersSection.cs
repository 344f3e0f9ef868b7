using System.Diagnostics;
using System.Text.Json;
using LoopBus.Benchmarks.Figures;
using LoopBus.Benchmarks.Floors;
using LoopBus.Benchmarks.Reports;
using LoopBus.Testing;
using LoopBus.Testing.Processes;
using Npgsql;

namespace LoopBus.Benchmarks.Sections;

/// <summary>Five durable steps on other engines, on this machine, its database and in the same hour: the programs in tests/Benchmarks/peers.</summary>
internal sealed class PeersSection : ISection
{
    private const int Most = 64;

    public string Name => "peers";

    public async Task<SectionReport> Measure(Bench bench)
    {
        var peers = new List<Floor>();
        foreach (var peer in new[] { "restate", "dbos", "langgraph" })
            peers.AddRange(await Measure(bench, peer));
        var ours = bench.Loads.Where(load => load.Concurrency <= Most).Select(load => new Floor("loopbus", load.Concurrency, load.RunsPerSecond, load.Latency)).ToList();

        return new SectionReport(
            Name,
            [
                new Table(
                    "Five durable steps elsewhere, one after the other, and here",
                    ["engine", "in flight", "runs/s (least-most)", "p50 ms", "p95 ms", "loopbus: runs/s of theirs"],
                    [.. peers.Concat(ours).OrderBy(one => one.Concurrency).Select(one => Row(one, ours.Find(own => own.Concurrency == one.Concurrency)))],
                    "Restate: its server with two partitions, the handler in a process of its own. DBOS and LangGraph.js: in the process that loads them, on this benchmark's PostgreSQL."),
            ],
            [],
            peers);
    }

    private static string[] Row(Floor one, Floor? own) => LoadTables.Cells(
        one.Name, one.Concurrency, one.PerSecond, Shown.Number(one.Latency.P50), Shown.Number(one.Latency.P95), own is null ? "-" : $"{own.PerSecond.Median / one.PerSecond.Median:0%}");

    private static async Task<IEnumerable<Floor>> Measure(Bench bench, string peer)
    {
        await using (var create = bench.Database.CreateCommand($"create database peer_{peer}"))
            await create.ExecuteNonQueryAsync();
        var start = new ProcessStartInfo("node", [$"{peer}.mjs"])
        {
            UseShellExecute = false,
            WorkingDirectory = Repository.PathOf("tests", "Benchmarks", "peers"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DATABASE_URL"] = Address(bench, $"peer_{peer}");
        start.Environment["AT_ONCE"] = string.Join(',', bench.Pace.Concurrencies.Where(concurrency => concurrency <= Most));
        start.Environment["ROUNDS"] = $"{bench.Pace.Rounds}";
        start.Environment["ROUND_SECONDS"] = $"{bench.Pace.Round.TotalSeconds}";
        start.Environment["WARM_UP_SECONDS"] = $"{bench.Pace.WarmUp.TotalSeconds}";

        return (await Shell.End(start)).Split('\n').Where(line => line.StartsWith('{')).Select(line => Read(peer, line)).ToList();
    }

    private static Floor Read(string peer, string line)
    {
        var load = JsonSerializer.Deserialize<PeerLoad>(line, JsonSerializerOptions.Web)!;
        return new Floor(peer, load.AtOnce, Spread.Of(load.PerSecond), Percentiles.Of(load.Milliseconds.Select(TimeSpan.FromMilliseconds)));
    }

    private static string Address(Bench bench, string database)
    {
        var server = new NpgsqlConnectionStringBuilder(bench.Installation.Servers.Settings["LoopBus:Database:ConnectionString"]);
        return $"postgresql://{Uri.EscapeDataString(server.Username!)}:{Uri.EscapeDataString(server.Password!)}@{server.Host}:{server.Port}/{database}";
    }

    private sealed record PeerLoad(int AtOnce, double[] PerSecond, double[] Milliseconds);
}
