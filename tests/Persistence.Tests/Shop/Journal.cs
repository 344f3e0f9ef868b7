using System.Collections.Concurrent;
using LoopBus.Testing;
using MassTransit;

namespace LoopBus.Persistence.Tests.Shop;

/// <summary>What the consumers of a test saw.</summary>
internal sealed class Journal
{
    private readonly ConcurrentQueue<(object Message, ConsumeContext Context, DateTimeOffset At)> seen = new();

    public void Note<T>(ConsumeContext<T> context)
        where T : class => seen.Enqueue((context.Message, context, TimeProvider.System.GetUtcNow()));

    public IReadOnlyList<T> Of<T>() => [.. seen.Select(entry => entry.Message).OfType<T>()];

    public IReadOnlyList<(T Message, ConsumeContext Context, DateTimeOffset At)> Contexts<T>() =>
        [.. seen.Where(entry => entry.Message is T).Select(entry => ((T)entry.Message, entry.Context, entry.At))];

    public Task Until<T>(int count, int seconds = 20) =>
        Eventually.True(() => Of<T>().Count >= count, TimeSpan.FromSeconds(seconds), $"{count} times {typeof(T).Name} (seen {Of<T>().Count})");
}
