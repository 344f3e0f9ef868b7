using System.Text.Json;
using System.Text.Json.Serialization;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Planning;
using LoopBus.Contracts.Runs;

namespace LoopBus.Coordinator.Runs;

/// <summary>What a run remembers beside its figures: one JSON document in the saga's row.</summary>
internal sealed class RunDocument
{
    public const int MostListeners = 16;
    private const int MostTrail = 200;

    public RunLoop? Trigger { get; set; }

    public int PlanAttempt { get; set; }

    public List<string> Rejections { get; init; } = [];

    public List<PlannedStep>? Plan { get; set; }

    public Dictionary<string, PlannedStatus> Planned { get; init; } = [];

    public List<StepState> Steps { get; init; } = [];

    public List<Conversation> Conversations { get; init; } = [];

    public List<Listener> Requesters { get; init; } = [];

    public List<Listener> Subscribers { get; init; } = [];

    public List<TrailEntry> Trail { get; init; } = [];

    public List<Timer> Timers { get; init; } = [];

    public bool Paused { get; set; }

    /// <summary>When the last word of people on pausing was said.</summary>
    public DateTimeOffset? SteeredAt { get; set; }

    public bool Verified { get; set; }

    public Ending? Ending { get; set; }

    public int Retries { get; set; }

    /// <summary>What models took for the run, by the service that asked them.</summary>
    public Dictionary<string, Spent> Spending { get; init; } = [];

    [JsonIgnore]
    public long Tokens => Spending.Values.Sum(spent => spent.Tokens);

    /// <summary>US dollars, as far as prices are known.</summary>
    [JsonIgnore]
    public decimal Usd => Spending.Values.Sum(spent => spent.Usd ?? 0);

    public int Completed { get; set; }

    public JsonElement? Result { get; set; }

    public StepState? Find(string stepId) => Steps.Find(step => step.Id == stepId);

    public PlannedStep PlannedFor(StepState step) => PlannedFor(step.Planned);

    public PlannedStep PlannedFor(string id) => Plan!.First(planned => planned.Id == id);

    public IEnumerable<StepState> StepsOf(string planned) => Steps.Where(step => step.Planned == planned);

    public bool IsDone(string planned) => Planned.TryGetValue(planned, out var status) && status == PlannedStatus.Done;

    public bool IsOpen(Topic topic) => Conversations.Exists(conversation => conversation.Open && conversation.Topic == topic);

    public bool IsOpen(Topic topic, string subject) => Conversations.Exists(c => c.Open && c.Topic == topic && c.Subject == subject);

    /// <summary>The planned steps that the executor may be at in a segment, beside its first, and has not reported.</summary>
    public IEnumerable<PlannedStep> HandedOver() => Conversations
        .Where(conversation => conversation is { Open: true, Overdue: false, Steps: not null })
        .SelectMany(conversation => conversation.Steps!)
        .Where(id => !Planned.ContainsKey(id))
        .Distinct()
        .Select(PlannedFor);

    public void Close(Topic topic, string subject)
    {
        foreach (var conversation in Conversations.Where(c => c.Topic == topic && c.Subject == subject))
            conversation.Open = false;
    }

    /// <summary>Takes the timers out that can tell nothing new: of questions that are answered, and where the run has ended, all.</summary>
    public IReadOnlyList<Timer> Spent(bool ended)
    {
        var waiting = Conversations.Where(conversation => conversation is { Open: true, Overdue: false }).Select(conversation => conversation.Id).ToHashSet();
        var spent = Timers.FindAll(timer => ended || (timer.ConversationId is { } id && !waiting.Contains(id)));
        Timers.RemoveAll(spent.Contains);

        return spent;
    }

    /// <summary>The place of the timer that passes before any that waits in the outbox; -1 where there is none.</summary>
    public int NextTimer()
    {
        var armed = Timers.Where(timer => timer.Row is not null && timer.DueAt != default).Min(timer => (DateTimeOffset?)timer.DueAt);
        var soonest = Timers.Where(timer => timer.Row is null && (armed is null || timer.DueAt < armed)).MinBy(timer => timer.DueAt);

        return soonest is null ? -1 : Timers.IndexOf(soonest);
    }

    /// <summary>A service tells what its models took until now; an older word changes nothing.</summary>
    public void Took(string service, Spent? spent)
    {
        if (spent is not null && spent.Tokens >= (Spending.GetValueOrDefault(service)?.Tokens ?? 0))
            Spending[service] = spent;
    }

    public void Note(DateTimeOffset at, string what, string? detail = null)
    {
        if (Trail.Count < MostTrail)
            Trail.Add(new TrailEntry(at, what, detail));
    }
}
