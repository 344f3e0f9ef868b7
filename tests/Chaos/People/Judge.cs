using System.Collections.Concurrent;
using System.Text.Json;
using LoopBus.Chaos.Outside;
using LoopBus.Loops;

namespace LoopBus.Chaos.People;

/// <summary>What the robot answers: mostly accepts; what is in doubt it looks up in the world outside, and says the truth.</summary>
internal sealed class Judge(Journal journal, int seed)
{
    private const double Rejected = 0.05;

    /// <summary>What was said of effects in doubt, by task and step; a step may be in doubt more than once.</summary>
    public ConcurrentQueue<(string Task, string Step, string Tool, bool Happened)> Doubts { get; } = new();

    public ConcurrentQueue<(string Task, string Step)> Escalations { get; } = new();

    /// <returns>Null where nothing can be said yet.</returns>
    public Ballot? Decide(Asked asked) => asked.About switch
    {
        AskedAbout.Doubt => Doubt(asked),
        AskedAbout.Escalation => Escalation(asked),
        _ => new Ballot(IsCanary(asked.Task) || Moods.Share(seed, $"{asked.Task}/{asked.Step}/leave") >= Rejected, "the robot's word"),
    };

    private Ballot Escalation(Asked asked)
    {
        Escalations.Enqueue((asked.Task, asked.Step));
        return new Ballot(true, "try it again");
    }

    private Ballot? Doubt(Asked asked)
    {
        if (Happened(asked) is not { } happened)
            return null;

        Doubts.Enqueue((asked.Task, asked.Step, asked.Tool, happened));
        return new Ballot(happened, happened ? "it is in the journal" : "it is not in the journal", happened ? Output(asked) : "");
    }

    // Of the other tools a second call does no harm.
    private bool? Happened(Asked asked) =>
        asked.Tool == "http.request" ? journal.Happened(IdempotencyKey.For(asked.Task, asked.Step, asked.Tool)) : false;

    private static bool IsCanary(string task) => task.StartsWith("canary", StringComparison.Ordinal);

    private static string Output(Asked asked) => JsonSerializer.Serialize(new { status = 200, headers = new { }, body = $"told of {asked.Step}" });
}
