using System.Text.Json;
using LoopBus.Contracts.Critique;

namespace LoopBus.Critic;

/// <summary>One row of the journal: what was judged, and the verdict, word for word.</summary>
internal sealed class VerdictEntry
{
    /// <summary>The idempotency key of the question: task, subject and attempt.</summary>
    public required string Key { get; init; }

    public required string TaskId { get; init; }

    public required string Subject { get; init; }

    public required int Attempt { get; init; }

    public required string Question { get; init; }

    public required bool Holds { get; init; }

    public required string Answer { get; init; }

    public required DateTimeOffset JudgedAt { get; init; }

    public Verdict Verdict() => JsonSerializer.Deserialize<Verdict>(Answer)!;
}
