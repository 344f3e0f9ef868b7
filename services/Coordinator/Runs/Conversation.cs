using System.Text.Json.Serialization;
using LoopBus.Contracts.Acts;

namespace LoopBus.Coordinator.Runs;

/// <summary>A conversation that the coordinator began: its protocol, what it is about, and the acts said in it so far.</summary>
internal sealed class Conversation
{
    public required Guid Id { get; init; }

    public required string Protocol { get; init; }

    public required Topic Topic { get; init; }

    public required string Subject { get; init; }

    public required List<string> Said { get; init; }

    public bool Open { get; set; } = true;

    /// <summary>Its reply-by has passed; the first answer still counts.</summary>
    public bool Overdue { get; set; }

    [JsonIgnore]
    public bool IsCancelled => Said.Contains(Performative.Cancel);

    /// <summary>Why the coordinator escalated; only on the topic escalation.</summary>
    public string? Kind { get; init; }

    /// <summary>The planned steps that were handed over together, in order; only on the topic segment, whose subject is the first.</summary>
    public IReadOnlyList<string>? Steps { get; init; }

    public DateTimeOffset? ReplyBy { get; init; }
}
