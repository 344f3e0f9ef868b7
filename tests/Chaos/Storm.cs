using LoopBus.Chaos.Checks;
using LoopBus.Chaos.Faults;
using LoopBus.Chaos.Figures;
using LoopBus.Chaos.Loads;
using LoopBus.Chaos.Outside;
using LoopBus.Chaos.People;
using LoopBus.Testing;

namespace LoopBus.Chaos;

/// <summary>From an empty folder to a verdict: a private stack under load, faults, calm, and then the question what is lost, doubled or forgotten.</summary>
internal static class Storm
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(5);

    public static async Task<Report> Run(Wanted wanted, TextWriter console, TimeProvider time)
    {
        var folder = Directory.CreateDirectory(Repository.PathOf(".local", "chaos", $"{time.GetUtcNow():yyyyMMdd-HHmmss}-{wanted.Seed}")).FullName;
        using var journal = new Journal(Path.Combine(folder, "journal.txt"), time);
        await using var server = await EffectServer.Start(journal, wanted.Seed, time);
        await using var log = new StreamWriter(Path.Combine(folder, "faults.txt")) { AutoFlush = true };
        await using var stack = await Stack.Start(folder, time);
        await using var triggers = new Triggers(stack.Installation, time);
        var ground = await Ground.Make(Path.Combine(stack.Installation.Repositories, "ground"));
        var judge = new Judge(journal, wanted.Seed);
        using var robot = new Robot(stack.Installation, judge, time);
        await robot.Start();
        var load = new Load(stack, triggers, server.Url, ground, wanted.Seed, time);
        var canaries = new Canaries(stack, triggers, time);
        var striker = new Striker(stack, canaries, log, time);
        var schedule = Schedule.Of(wanted.Seed, wanted.Length, wanted.Kinds, stack.Members.Count);
        await File.WriteAllLinesAsync(Path.Combine(folder, "schedule.txt"), schedule.Select(fault => fault.ToString()));
        await console.WriteLineAsync($"The stack is up; at most {schedule.Count} faults will strike ({folder}).");

        load.Start(wanted.Load);
        // Code is compiled and the first runs have ended before the first fault: a storm over a stack that does not work yet says nothing.
        await Eventually.True(() => load.Runs.Count(run => run.Status is not null) >= 5, WarmUp, "the first five runs have ended");
        for (var number = 0; number < 3; number++)
            await canaries.Calm(number).WaitAsync(WarmUp, time);
        var began = time.GetTimestamp();
        await striker.Run(schedule, wanted.Length);
        if (wanted.Length - time.GetElapsedTime(began) is { Ticks: > 0 } rest)
            await Task.Delay(rest, time);

        await console.WriteLineAsync($"The faults are over after {time.GetElapsedTime(began).TotalSeconds:0} s; waiting for the runs to end.");
        stack.SetClock(TimeSpan.Zero);
        await stack.Disk.Free();
        await stack.Servers.Start();
        await load.Drain(Calm);
        await canaries.Drain(Calm);
        foreach (var member in stack.Members)
            await member.UntilReady();
        var left = await NothingLeft.Violations(stack, time);
        await robot.Stop();

        var report = await Judge(wanted, stack, journal, ground, load, canaries, striker, robot, judge, left);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.txt"), report.ToText());
        await console.WriteLineAsync(report.ToText());
        stack.Installation.KeepsLogs |= report.Violations.Count > 0;
        return report;
    }

    private static async Task<Report> Judge(
        Wanted wanted, Stack stack, Journal journal, Ground ground, Load load, Canaries canaries, Striker striker, Robot robot, Judge judge, IReadOnlyList<string> left)
    {
        var told = new List<Told>();
        foreach (var run in load.Runs)
        {
            if (await stack.Run(run.Task) is { } view)
                told.Add(new Told(run, view, await stack.History(run.Task)));
        }

        var evidence = new Evidence(told, journal.Entries, stack.Installation.Files, await ground.Text(), [.. stack.ClockSets]);
        string[] calls = [.. CallsOnce.Violations(evidence)];
        var lateCanaries = canaries.Sent.Count - canaries.Back.Count - canaries.TurnedBack.Count;
        string[] violations =
        [
            .. RunsEnd.Violations(load.Runs, evidence), .. calls, .. TakenBack.Violations(evidence), .. FilesKept.Violations(evidence),
            .. LegalHistories.Violations(evidence), .. left, .. lateCanaries == 0 ? Array.Empty<string>() : [$"{lateCanaries} canaries have not come back."],
            .. stack.ClockSets.IsEmpty ? canaries.TurnedBack : [],
        ];
        var doubts = judge.Doubts.ToList();
        return new Report(
            wanted,
            striker.Struck,
            [.. CrashPoint.All.Select(point => (point.Name, ByService(stack, point)))],
            canaries.Back,
            told.CountBy(run => run.Status).ToDictionary(),
            new Dictionary<string, int>
            {
                ["effects in the journal"] = evidence.Journal.Count(entry => entry.Kind == Entry.Effect),
                ["lost"] = calls.Count(violation => violation.Contains(": lost:", StringComparison.Ordinal)),
                ["doubled"] = calls.Count(violation => violation.Contains(": doubled:", StringComparison.Ordinal)),
                ["forgotten"] = calls.Count(violation => violation.Contains(": forgotten:", StringComparison.Ordinal)),
                ["in doubt, and happened"] = doubts.Count(doubt => doubt.Happened),
                ["in doubt, and did not happen"] = doubts.Count(doubt => !doubt.Happened),
                ["taken back"] = evidence.Journal.Where(entry => entry.Kind == Entry.Undo).DistinctBy(entry => (entry.Task, entry.Step)).Count(),
                ["forms decided"] = robot.Decided,
                ["escalations"] = judge.Escalations.Count,
                ["dead letters redriven"] = robot.Redriven,
                ["services started again"] = stack.Members.Sum(member => member.Starts),
            },
            [
                .. (await NothingLeft.Reasons(stack)).Select(letter => $"dead letters: {letter.Count} {letter.Status}, {letter.Reason}: {letter.Detail}"),
                .. RunsEnd.GivenUp(evidence),
                .. canaries.TurnedBack,
                .. doubts.CountBy(doubt => doubt.Tool).Select(tool => $"in doubt: {tool.Value} of {tool.Key}"),
                .. robot.Troubles.Select(trouble => $"the robot, {trouble.Value} times: {trouble.Key}"),
                .. striker.Troubles.CountBy(trouble => trouble).Select(trouble => $"could not strike, {trouble.Value} times: {trouble.Key}"),
                .. CrashPoint.All.Where(point => ByService(stack, point).Count == 0).Select(point => $"no process came to {point.Name} while it was to die there"),
            ],
            violations);
    }

    private static IReadOnlyDictionary<string, int> ByService(Stack stack, CrashPoint point) =>
        stack.Members.Select(member => (member.Service, Times: member.Reached(point))).Where(member => member.Times > 0)
            .GroupBy(member => member.Service).ToDictionary(service => service.Key, service => service.Sum(member => member.Times));
}
