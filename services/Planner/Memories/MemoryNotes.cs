using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LoopBus.Contracts.Planning;
using LoopBus.Loops;
using LoopBus.Loops.Memory;

namespace LoopBus.Planner.Memories;

/// <summary>What was recalled as a prompt shows it: one on a line, with where it is from, and what this run has seen otherwise.</summary>
internal static class MemoryNotes
{
    // Of the loop's context, in tenths.
    private const int Tenths = 1;

    private const int LeastOfText = 80;

    private static readonly JsonSerializerOptions Shown = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <returns>What a prompt's template sees as <c>memories</c>; the least relevant may find no room.</returns>
    public static IReadOnlyDictionary<string, object?> Of(IReadOnlyList<Recalled> recalled, MakePlan asked, LoopDefinition loop) =>
        new Dictionary<string, object?> { ["memories"] = Text(recalled, asked.Facts ?? [], (loop.Context ?? new ContextPolicy()).Tokens * TokenEstimate.CharactersPerToken / 10 * Tenths) };

    private static string? Text(IReadOnlyList<Recalled> recalled, IReadOnlyList<Fact> facts, int room)
    {
        var lines = new List<string>();
        foreach (var memory in recalled)
            if (Line(memory, facts, Math.Max(LeastOfText, room / recalled.Count)) is var line && line.Length + 1 <= room)
            {
                lines.Add(line);
                room -= line.Length + 1;
            }

        return lines.Count == 0 ? null : string.Join('\n', lines);
    }

    private static string Line(Recalled memory, IReadOnlyList<Fact> facts, int most) => JsonSerializer.Serialize(
        new
        {
            memory.Kind,
            Key = memory.Key.Length > 0 ? memory.Key : null,
            Text = TextCut.Middle(memory.Text, most),
            Contradiction = Contradiction(memory, facts),
            From = string.Join(", ", new[] { $"run {memory.TaskId} of {memory.Loop}", memory.Source, $"by {memory.By}", memory.LearnedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }.Where(part => part.Length > 0)),
        },
        Shown);

    private static string? Contradiction(Recalled memory, IReadOnlyList<Fact> facts) =>
        memory.Kind == MemoryKind.Fact && facts.LastOrDefault(fact => MemoryText.Key(fact?.Key) == memory.Key) is { } seen && !string.Equals(MemoryText.Of(seen.Value), memory.Text, StringComparison.OrdinalIgnoreCase)
            ? $"this run saw: {TextCut.Middle(MemoryText.Of(seen.Value), 200)} ({seen.Source})"
            : null;
}
