namespace LoopBus.Benchmarks.Floors;

/// <summary>One bare thing that LoopBus is made of, done without LoopBus.</summary>
internal interface IFloor : IAsyncDisposable
{
    string Name { get; }

    /// <returns>For each worker, the thing to do over and over.</returns>
    Task<IReadOnlyList<Func<Task>>> Open(int workers);
}
