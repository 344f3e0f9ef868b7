using System.Text.Json;
using LoopBus.Approval.Questions;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Execution;
using LoopBus.Contracts.Planning;

namespace LoopBus.Approval.Pages;

/// <summary>The word and the colour for how a question stands.</summary>
internal static class Looks
{
    public static string Word(Question question, DateTimeOffset now) => (question.Status, question.Kind) switch
    {
        (QuestionStatus.Open, _) => question.IsOpen(now) ? "open" : "expired",
        (QuestionStatus.Accepted, QuestionKind.Doubt) => "it happened",
        (QuestionStatus.Rejected, QuestionKind.Doubt) => "it did not happen",
        (QuestionStatus.Accepted, QuestionKind.Escalation) => "goes on",
        (QuestionStatus.Rejected, QuestionKind.Escalation) => "given up",
        (QuestionStatus.Accepted, _) => "accepted",
        (QuestionStatus.Rejected, _) => "rejected",
        (QuestionStatus.Edited, _) => "edited",
        (QuestionStatus.Expired, _) => "expired",
        _ => "withdrawn",
    };

    public static string Tone(Question question, DateTimeOffset now) => question.Status switch
    {
        QuestionStatus.Open => question.IsOpen(now) ? "accent" : "warn",
        QuestionStatus.Accepted => "good",
        QuestionStatus.Rejected => "bad",
        QuestionStatus.Edited => "accent",
        QuestionStatus.Expired => "warn",
        _ => "",
    };

    public static string Edge(Question question) => question.Kind switch
    {
        QuestionKind.Escalation => "edge-warn",
        QuestionKind.Doubt => "edge-accent",
        _ when question.BlastRadius is BlastRadius.High or BlastRadius.VeryHigh => "edge-bad",
        _ when question.BlastRadius is BlastRadius.Medium => "edge-warn",
        _ => "edge-good",
    };

    public static string Radius(BlastRadius radius) => radius == BlastRadius.VeryHigh ? "very high" : Lower($"{radius}");

    public static string RadiusTone(BlastRadius radius) => radius switch
    {
        BlastRadius.High or BlastRadius.VeryHigh => "bad",
        BlastRadius.Medium => "warn",
        _ => "",
    };

    public static string Times(int attempts) => attempts switch
    {
        0 => "until the broker gave up",
        1 => "tried once",
        _ => $"tried {attempts} times",
    };

    /// <summary>The colour, the mark and the word for how an invariant stands.</summary>
    public static (string Tone, string Mark, string Word) Invariant(InvariantStatus invariant) => invariant switch
    {
        { Holds: true } => ("good", "✓", "holds"),
        { Relaxed: true } => ("warn", "~", "relaxed"),
        _ => ("bad", "✕", "fails"),
    };

    /// <summary>What the run wanted last, where the actions of its snapshot say so.</summary>
    public static string? Subgoal(Packet packet) =>
        packet.State.ValueKind == JsonValueKind.Object && packet.State.TryGetProperty("actions", out var actions) && actions.ValueKind == JsonValueKind.Array
            && actions.EnumerateArray().LastOrDefault() is { ValueKind: JsonValueKind.Object } last
            && last.TryGetProperty("subgoal", out var subgoal) && subgoal.ValueKind == JsonValueKind.String
            ? subgoal.GetString()
            : null;

    public static string Lower(string text) => text.ToLowerInvariant();
}
