namespace LoopBus.Loops.Json;

/// <summary>One step down into a JSON value: a key, an index, or (both null) each item.</summary>
internal readonly record struct PathSegment(string? Key, int? Index)
{
    public bool IsEach => Key is null && Index is null;

    public override string ToString() => Key is not null ? "." + Key : IsEach ? "[*]" : $"[{Index}]";
}
