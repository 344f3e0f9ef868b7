namespace LoopBus.Persistence.Database;

/// <summary>A column whose value a statement looks for, by a parameter.</summary>
internal readonly record struct KnownColumn(string Name, string Parameter, bool MayBeNull);
