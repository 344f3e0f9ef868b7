using System.Text.Json;
using System.Text.Json.Serialization;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Planning;
using LoopBus.Contracts.Runs;
using LoopBus.Coordinator.Budgets;
using LoopBus.Loops.Refining;

namespace LoopBus.Coordinator.Runs;

/// <summary>What a run remembers beside its figures: one JSON document in the saga's row.</summary>
internal sealed class RunDocument
{
    public const int MostListeners = 16;
    private const int MostTrail = 200;
    private const int MostFacts = 200;
    private const int MostGuidance = 50;

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

    /// <summary>What is reserved of day budgets for questions that have not been answered.</summary>
    public List<Reservation> Reservations { get; init; } = [];

    /// <summary>Since when it waits for budget that others have reserved.</summary>
    public DateTimeOffset? ShortOfBudgetSince { get; set; }

    public int Completed { get; set; }

    /// <summary>The planner is to say how it goes on: of a run that a model plans, after a failure or an objection.</summary>
    public bool Undecided { get; set; }

    /// <summary>The planner says that the task is done.</summary>
    public bool Finished { get; set; }

    /// <summary>The result was compared with those of earlier runs.</summary>
    public bool LookedBack { get; set; }

    /// <summary>How often what was left of the plan was decided anew, after a step failed for good.</summary>
    public int Replanned { get; set; }

    /// <summary>The steps of the plan that was accepted last; older ones are done, or given up.</summary>
    public List<string>? Newest { get; set; }

    /// <summary>What the planner wanted with each step that it decided alone.</summary>
    public Dictionary<string, Intent>? Intents { get; set; }

    public List<Fact>? Facts { get; set; }

    public List<Guidance>? Guidance { get; set; }

    /// <summary>How the invariants stood after the last observation.</summary>
    public List<InvariantStatus>? Invariants { get; set; }

    /// <summary>Invariants that people let this run break.</summary>
    public List<string>? Relaxed { get; set; }

    /// <summary>How many turns were looked at.</summary>
    public int Observed { get; set; }

    /// <summary>How often the run was told that it stands still.</summary>
    public int Stalls { get; set; }

    /// <summary>So many turns no longer count for whether the run goes in a circle: people let it go on after them.</summary>
    public int Freed { get; set; }

    /// <summary>How often the result was mended after an objection.</summary>
    public int Refined { get; set; }

    /// <summary>How far the result was from being found good when it was not, the last time.</summary>
    public Distance? Objected { get; set; }

    public List<string>? Lessons { get; set; }

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

    /// <summary>Whether nothing more is to be expected of a planned step: it is done, or given up.</summary>
    public bool IsSettled(string planned) => Planned.TryGetValue(planned, out var status) && status is PlannedStatus.Done or PlannedStatus.GivenUp;

    /// <summary>How many turns there are.</summary>
    [JsonIgnore]
    public int Settled => Planned.Keys.Count(IsSettled);

    /// <summary>Whether people are asked how the whole run goes on.</summary>
    [JsonIgnore]
    public bool IsStuck => Conversations.Exists(conversation => conversation is { Open: true, Topic: Topic.Escalation, Kind: EscalationKind.Stuck });

    /// <summary>What the run did, oldest first: the planned steps that brought something, or failed for good.</summary>
    [JsonIgnore]
    public IReadOnlyList<Turn> Turns => [.. (Plan ?? []).Where(planned => IsSettled(planned.Id)).Select(TurnOf)];

    private Turn TurnOf(PlannedStep planned)
    {
        var steps = StepsOf(planned.Id).ToList();
        var problem = steps.Find(step => step is { Status: StepStatus.Failed or StepStatus.Dropped, Problem: not null })?.Problem!.Text ?? (IsDone(planned.Id) ? null : "It was given up.");
        var intent = Intents?.GetValueOrDefault(planned.Id);

        return new Turn(
            planned.Id,
            planned.Tool,
            planned.ForEach is null && steps is [var one] ? one.Arguments : planned.Arguments,
            problem is null ? StepFactory.Output(this, planned.Id) : null,
            problem,
            steps.Max(step => step.EndedAt) ?? default,
            intent?.Subgoal,
            intent?.Confidence);
    }

    public void Guide(string kind, string text, string by)
    {
        var guidance = Guidance ??= [];
        guidance.Add(new Guidance(kind, text, by));
        if (guidance.Count > MostGuidance)
            guidance.RemoveAt(0);
    }

    public void Learn(IEnumerable<Fact> facts)
    {
        var known = Facts ??= [];
        known.AddRange(facts.Where(fact => fact is { Key: not null, Value: not null, Source: not null } && !known.Exists(other => (other.Key, other.Value, other.Source) == (fact.Key, fact.Value, fact.Source))));
        if (known.Count > MostFacts)
            known.RemoveRange(0, known.Count - MostFacts);
    }

    /// <summary>The last conversation about something.</summary>
    public Conversation? Latest(Topic topic, string subject) => Conversations.FindLast(conversation => conversation.Topic == topic && conversation.Subject == subject);

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
