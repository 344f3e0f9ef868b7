namespace LoopBus.Loops.Json;

/// <summary>Where a value breaks its schema, and how; OfName where a key is wrong or missing, whatever values there are.</summary>
internal sealed record SchemaProblem(string Path, string Text, bool OfName = false)
{
    public override string ToString() => Path.Length == 0 ? Text : $"{Path}: {Text}";
}
