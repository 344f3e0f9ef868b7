using LoopBus.Coordinator.Overload;

namespace LoopBus.Coordinator.Intake;

/// <summary>What is wrong with a trigger: the field, and what to do. Understood says whether the trigger could be read at all (refuse) or not (not-understood).</summary>
internal sealed record TriggerProblem(string Code, bool Understood, IReadOnlyDictionary<string, string[]> Fields)
{
    public static TriggerProblem Of(string code, bool understood, string field, string text) =>
        new(code, understood, new Dictionary<string, string[]> { [field] = [text] });

    /// <summary>When the same trigger may be taken; null where only another would be.</summary>
    public int? RetryAfterSeconds { get; init; }

    public static TriggerProblem Of(Refusal refusal) => Of(refusal.Code, understood: true, "", refusal.Text) with { RetryAfterSeconds = refusal.RetryAfterSeconds };

    public string Text => string.Join(" ", Fields
        .SelectMany(wrong => wrong.Value.Select(text => wrong.Key.Length == 0 ? text : $"{wrong.Key}: {text}"))
        .Select(text => text.EndsWith('.') ? text : $"{text}."));
}
