using System.Data.Common;
using MassTransit;

namespace LoopBus.Hosting.Failures;

/// <summary>
/// How a failed message is tried again in memory: a lost race soon and often, a database that is away until it is back, anything else a
/// few times, further and further apart.
/// </summary>
internal static class Retries
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly AttemptObserver Counting = new();
    // A message is held for up to twenty minutes: the broker takes one back that is not acknowledged for thirty.
    private static readonly TimeSpan OutagePause = TimeSpan.FromSeconds(2);
    private const int OutageAttempts = 600;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public static void Use(IReceiveEndpointConfigurator endpoint, BrokerOptions options, Func<Exception, bool> conflict)
    {
        endpoint.UseMessageRetry(retry =>
        {
            retry.ConnectRetryObserver(Counting);
            retry.Handle<Exception>(exception => Causes(exception).Any(conflict));
            retry.Exponential(options.ConflictRetries, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(10));
        });
        endpoint.UseMessageRetry(retry =>
        {
            retry.Handle<Exception>(exception => Causes(exception).Any(IsOutage) && !Causes(exception).Any(conflict));
            retry.Interval(OutageAttempts, OutagePause);
        });
        endpoint.UseMessageRetry(retry =>
        {
            retry.ConnectRetryObserver(Counting);
            retry.Ignore<Exception>(exception => Causes(exception).Any(cause => conflict(cause) || IsOutage(cause)));
            retry.Exponential(options.Retries, Shortest, Longest, Shortest);
        });
    }

    // By name, because the types are those of persistence and of EF Core, which this library does not know.
    public static bool IsConflict(Exception exception) =>
        exception.GetType().Name is "ConcurrencyConflictException" or "DbUpdateConcurrencyException";

    // That the database is away says nothing of the message: it is no reason to put the message away.
    private static bool IsOutage(Exception exception) => exception is DbException { IsTransient: true };

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
