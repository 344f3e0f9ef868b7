using LoopBus.Executor.Tools;
using Polly;

namespace LoopBus.Executor.Resilience;

/// <summary>Lets so many calls through at once, and so many wait; a slow target cannot take all of the executor.</summary>
internal sealed class Bulkhead(string target, int calls, int queue) : ResilienceStrategy, IDisposable
{
    private readonly SemaphoreSlim _turns = new(calls, calls);
    private int _inside;

    public void Dispose() => _turns.Dispose();

    protected override async ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
    {
        if (Interlocked.Increment(ref _inside) > calls + queue)
        {
            Interlocked.Decrement(ref _inside);
            return Outcome.FromException<TResult>(new ToolException("too-busy", $"{calls + queue} calls to {target} are at work or waiting; try again later.", retryable: true));
        }

        try
        {
            await _turns.WaitAsync(context.CancellationToken);
        }
        catch (OperationCanceledException exception)
        {
            Interlocked.Decrement(ref _inside);
            return Outcome.FromException<TResult>(new ToolException("too-busy", $"The step's time was up before a turn to call {target} came.", retryable: true, exception));
        }

        try
        {
            return await callback(context, state);
        }
        finally
        {
            _turns.Release();
            Interlocked.Decrement(ref _inside);
        }
    }
}
