using System.Collections.Concurrent;
using LoopBus.Testing;

namespace LoopBus.Hosting.Tests;

/// <summary>What consumers heard, for the test to wait on.</summary>
internal sealed class Heard<T>
    where T : class
{
    private readonly ConcurrentQueue<T> _items = new();

    public IReadOnlyList<T> All => [.. _items];

    public void Add(T item) => _items.Enqueue(item);

    public Task<T> One() => Eventually.Value(() => Task.FromResult(_items.FirstOrDefault()), TimeSpan.FromSeconds(30), $"a {typeof(T).Name} is heard");
}
