namespace LoopBus.Persistence;

/// <summary>The databases that LoopBus stores in (LoopBus:Database:Provider).</summary>
public enum DatabaseProvider
{
    PostgreSql,
    SqlServer,
}
