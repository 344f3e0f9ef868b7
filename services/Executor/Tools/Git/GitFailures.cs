using LoopBus.Hosting.Git;

namespace LoopBus.Executor.Tools.Git;

/// <summary>Turns what git could not do into a tool's failure.</summary>
internal static class GitFailures
{
    public static async Task<T> AsToolFailures<T>(this Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (GitException failed)
        {
            throw new ToolException(failed.Code, failed.Message, failed.Retryable, failed);
        }
    }

    /// <summary>As <see cref="AsToolFailures"/>, for a call that writes: where git ran out of time, it may have written.</summary>
    public static async Task<T> AsEffectFailures<T>(this Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (GitException failed)
        {
            throw new ToolException(failed.Code, failed.Message, failed.Retryable, failed) { OutcomeUnknown = failed.Code == "timed-out" };
        }
    }
}
