namespace LoopBus.Chaos.Wire;

/// <summary>Strikes when so many chunks have passed.</summary>
internal sealed class Trap(int chunks, Func<Task> strike)
{
    private readonly TaskCompletionSource sprung = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int left = chunks;

    public Task Sprung => sprung.Task;

    public bool Step() => Interlocked.Decrement(ref left) == 0;

    public async Task Spring()
    {
        await strike();
        sprung.TrySetResult();
    }

    public void Release() => sprung.TrySetResult();
}
