namespace LoopBus.Persistence.Database;

/// <summary>An exception and what caused it, the last link of the chain last.</summary>
public static class Causes
{
    public static IEnumerable<Exception> Of(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
