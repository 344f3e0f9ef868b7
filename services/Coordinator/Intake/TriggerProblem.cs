namespace LoopBus.Coordinator.Intake;

/// <summary>What is wrong with a trigger: the field, and what to do. Understood says whether the trigger could be read at all (refuse) or not (not-understood).</summary>
internal sealed record TriggerProblem(string Code, bool Understood, IReadOnlyDictionary<string, string[]> Fields)
{
    public static TriggerProblem Of(string code, bool understood, string field, string text) =>
        new(code, understood, new Dictionary<string, string[]> { [field] = [text] });

    public string Text => string.Join(" ", Fields.SelectMany(wrong => wrong.Value.Select(text => wrong.Key.Length == 0 ? text : $"{wrong.Key}: {text}")));
}
