using MassTransit;

namespace LoopBus.Hosting.Failures;

/// <summary>Counts the attempts at a message.</summary>
internal sealed class AttemptObserver : IRetryObserver
{
    // The retry filter gets only messages that are what they say they are: what fails before has no attempts.
    public Task PostCreate<T>(RetryPolicyContext<T> context)
        where T : class, PipeContext
    {
        Of(context.Context);
        return Task.CompletedTask;
    }

    public Task PreRetry<T>(RetryContext<T> context)
        where T : class, PipeContext
    {
        Of(context.Context).Count++;
        return Task.CompletedTask;
    }

    public Task PostFault<T>(RetryContext<T> context)
        where T : class, PipeContext => Task.CompletedTask;

    public Task RetryFault<T>(RetryContext<T> context)
        where T : class, PipeContext => Task.CompletedTask;

    public Task RetryComplete<T>(RetryContext<T> context)
        where T : class, PipeContext => Task.CompletedTask;

    private static Attempts Of(PipeContext context) =>
        ((ConsumeContext)context).ReceiveContext.GetOrAddPayload(() => new Attempts());
}
