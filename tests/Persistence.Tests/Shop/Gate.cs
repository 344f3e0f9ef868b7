using LoopBus.Testing;

namespace LoopBus.Persistence.Tests.Shop;

/// <summary>Opens each time so many have come to it.</summary>
internal sealed class Gate(int size)
{
    private readonly Lock gate = new();
    private TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int waiting;

    /// <summary>Waits until so many have passed in all.</summary>
    public Task Passed(int count) => Eventually.True(() => Volatile.Read(ref waiting) >= count, TimeSpan.FromSeconds(30), $"{count} passed");

    public Task Pass()
    {
        lock (gate)
        {
            var mine = open.Task;
            if (++waiting % size == 0)
            {
                open.SetResult();
                open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            return mine;
        }
    }
}
