using System.Runtime.ExceptionServices;
using Xunit.Sdk;

namespace LoopBus.Testing;

/// <summary>Waits for a condition of the outside world: polls it until it holds or the deadline has passed, then says what was awaited.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until the condition is true; after the deadline the test fails with <paramref name="what"/>.</summary>
    public static Task True(Func<bool> condition, TimeSpan deadline, string what) =>
        True(() => Task.FromResult(condition()), deadline, what);

    /// <inheritdoc cref="True(Func{bool}, TimeSpan, string)"/>
    public static async Task True(Func<Task<bool>> condition, TimeSpan deadline, string what) =>
        await Value(async () => await condition() ? new object() : null, deadline, what);

    /// <summary>As the others, with a description that is made when the deadline has passed.</summary>
    public static async Task True(Func<Task<bool>> condition, TimeSpan deadline, Func<string> what) =>
        await Value(async () => await condition() ? new object() : null, deadline, what);

    /// <summary>Waits until there is a value and returns it; what the probe throws counts as "not yet" until the deadline. A probe may take as long itself, and no longer.</summary>
    public static Task<T> Value<T>(Func<Task<T?>> probe, TimeSpan deadline, string what)
        where T : class => Value(probe, deadline, () => what);

    /// <summary>As the other, with a description that is made when the deadline has passed.</summary>
    public static async Task<T> Value<T>(Func<Task<T?>> probe, TimeSpan deadline, Func<string> what)
        where T : class
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            ExceptionDispatchInfo? thrown = null;
            try
            {
                if (await probe().WaitAsync(deadline, TimeProvider.System) is { } value)
                    return value;
            }
            catch (Exception exception)
            {
                thrown = ExceptionDispatchInfo.Capture(exception);
            }

            if (TimeProvider.System.GetElapsedTime(began) > deadline)
                throw new XunitException($"Not within {deadline.TotalSeconds:0.#} s: {what()}.", thrown?.SourceException);

            await Task.Delay(Pause, TimeProvider.System);
        }
    }
}
