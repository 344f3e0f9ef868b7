using LoopBus.Contracts.Execution;
using LoopBus.Executor.Steps;
using LoopBus.Executor.Tools;
using LoopBus.Hosting;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Registry;
using Polly.Retry;

namespace LoopBus.Executor.Resilience;

/// <summary>The pipeline of each tool that leaves this machine: retry, then bulkhead, then breaker, then the call. The step's time is around it all; one budget of retries is over all tools and targets.</summary>
internal sealed class ToolPipelines : IDisposable
{
    private readonly ResiliencePipelineRegistry<Route> _registry = new();
    private readonly ResilienceOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ToolPipelines> _logger;
    private readonly RetryBudget _budget;

    public ToolPipelines(IOptions<ResilienceOptions> options, TimeProvider time, ILogger<ToolPipelines> logger) =>
        (_options, _time, _logger, _budget) = (options.Value, time, logger, new RetryBudget(options.Value.RetryShare, options.Value.RetriesPerSecond, time));

    /// <exception cref="ToolException">The call's arguments name no target.</exception>
    public ResiliencePipeline For(StepAction action)
    {
        if (action.Tool is not IRemote remote)
            return ResiliencePipeline.Empty;

        _budget.Called();
        var target = $"{action.Tool.Name} {remote.Target(action.Call)}";
        var shared = _registry.GetOrAddPipeline(new Route(target, Retried: false), (builder, context) => Guard(builder, context.PipelineKey.Target));

        return action.Declared.Effect == Effect.None && _options.Retries > 0
            ? _registry.GetOrAddPipeline(new Route(target, Retried: true), builder => Retry(builder).AddPipeline(shared))
            : shared;
    }

    public void Dispose() => _registry.Dispose();

    private ResiliencePipelineBuilder Retry(ResiliencePipelineBuilder builder)
    {
        builder.TimeProvider = _time;
        return builder.AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = call => ValueTask.FromResult(
                call.Outcome.Exception is ToolException { Infrastructure: true, Retryable: true, OutcomeUnknown: false } && call.AttemptNumber < _options.Retries && _budget.TrySpend()),
            MaxRetryAttempts = _options.Retries,
            Delay = TimeSpan.FromSeconds(_options.RetryDelaySeconds),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        });
    }

    private void Guard(ResiliencePipelineBuilder builder, string target)
    {
        builder.TimeProvider = _time;
        builder
            .AddStrategy(_ => new Bulkhead(target, _options.BulkheadCalls, _options.BulkheadQueue), new BulkheadOptions())
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<ToolException>(failure => failure.Infrastructure).Handle<OperationCanceledException>(),
                FailureRatio = _options.BreakerFailureRatio,
                MinimumThroughput = _options.BreakerMinimumCalls,
                SamplingDuration = TimeSpan.FromSeconds(_options.BreakerSamplingSeconds),
                BreakDuration = TimeSpan.FromSeconds(_options.BreakerCooldownSeconds),
                OnOpened = _ => Told(target, "open"),
                OnHalfOpened = _ => Told(target, "half open: one call probes"),
                OnClosed = _ => Told(target, "closed"),
            });
    }

    private ValueTask Told(string target, string state)
    {
        ExecutorLog.CircuitChanged(_logger, target, state);
        return ValueTask.CompletedTask;
    }

    private sealed record Route(string Target, bool Retried);
}
