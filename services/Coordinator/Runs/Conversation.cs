using System.Text.Json.Serialization;
using LoopBus.Contracts.Acts;
using LoopBus.Loops.Bidding;

namespace LoopBus.Coordinator.Runs;

/// <summary>A conversation that the coordinator began: its protocol, what it is about, and the acts said in it so far.</summary>
internal sealed class Conversation
{
    public required Guid Id { get; init; }

    public required string Protocol { get; init; }

    public required Topic Topic { get; init; }

    public required string Subject { get; init; }

    public required List<string> Said { get; init; }

    /// <summary>What was said with each participant of a contract net, by the participant's name.</summary>
    public Dictionary<string, List<string>>? Participants { get; init; }

    public bool Open { get; set; } = true;

    /// <summary>Its reply-by has passed; the first answer still counts.</summary>
    public bool Overdue { get; set; }

    /// <summary>It waits for what it needs to be said, and its watchdog says it.</summary>
    [JsonIgnore]
    public bool IsUnsaid => Said.Count == 0;

    [JsonIgnore]
    public bool IsCancelled => Said.Contains(Performative.Cancel);

    /// <summary>Why the coordinator escalated; only on the topic escalation.</summary>
    public string? Kind { get; init; }

    /// <summary>The planned steps that were handed over together, in order; only on the topic segment, whose subject is the first.</summary>
    public IReadOnlyList<string>? Steps { get; init; }

    public DateTimeOffset? ReplyBy { get; set; }

    /// <summary>The acts that one participant knows of: those said to all, and with it alone.</summary>
    public IReadOnlyList<string> SaidWith(string? participant) => Participants?.GetValueOrDefault(participant ?? "") ?? Said;

    /// <summary>Adds an act that was said with one participant.</summary>
    public void Add(string? participant, string act)
    {
        if (Participants is null)
            Said.Add(act);
        else if (Participants.TryGetValue(participant ?? "", out var said))
            said.Add(act);
        else if (Participants.Count < ContractNet.MostBidders)
            Participants[participant ?? ""] = [.. Said, act];
    }
}
