using System.Text.Json;

namespace LoopBus.Contracts.Approval;

/// <summary>A person's signed word on whether an effect in doubt happened; Output stands for the lost result.</summary>
public sealed record Ruling(
    string TaskId,
    string StepId,
    string IdempotencyKey,
    bool Happened,
    JsonElement? Output,
    string By,
    DateTimeOffset At,
    string Signature);
