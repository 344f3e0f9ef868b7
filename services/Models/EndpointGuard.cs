using System.Net;
using System.Text.Json;
using LoopBus.Hosting;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace LoopBus.Models;

/// <summary>
/// Between a provider's package and its address: bounds the time of each call, tries again what clearly failed on the way, and opens a circuit. It sees what
/// every provider has in common, status and headers; the packages' own retries are off. An answer that came whole is never asked for again, whatever it says.
/// </summary>
internal sealed class EndpointGuard : DelegatingHandler
{
    private const int MostAnswerBytes = 16 * 1024 * 1024;
    private const int MostErrorText = 300;

    private readonly string name;
    private readonly EndpointOptions options;
    private readonly TimeProvider time;
    private readonly ResiliencePipeline<HttpResponseMessage> pipeline;
    private readonly RetryBudget budget;
    private readonly SemaphoreSlim turns;

    public EndpointGuard(string name, EndpointOptions options, RetryBudget budget, TimeProvider time, ILogger logger)
        : base(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(10) })
    {
        (this.name, this.options, this.time, this.budget) = (name, options, time, budget);
        turns = new SemaphoreSlim(options.Concurrency);
        pipeline = Pipeline(logger);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken);
        try
        {
            budget.Called();
            // Sent more than once, perhaps.
            if (request.Content is { } content)
                await content.LoadIntoBufferAsync(cancellationToken);
            var response = await pipeline.ExecuteAsync(async token => await Call(request, token), cancellationToken);
            return response.IsSuccessStatusCode ? response : throw await Failed(response, cancellationToken);
        }
        catch (BrokenCircuitException exception)
        {
            throw ModelException.Of("model-unavailable", $"The model endpoint {name} failed too often; it is asked again within {options.BreakerCooldownSeconds:0.#} s.", retryable: true, exception);
        }
        catch (TimeoutRejectedException exception)
        {
            throw ModelException.Of("model-timeout", $"The model endpoint {name} did not answer within {options.TimeoutSeconds:0.###} s ({ModelsOptions.Section}:Endpoints:{name}:TimeoutSeconds).", retryable: true, exception);
        }
        catch (HttpRequestException exception)
        {
            throw ModelException.Of("model-unreachable", $"The model endpoint {name} at {request.RequestUri?.Host} cannot be reached, or broke off: {exception.Message}", retryable: true, exception);
        }
        finally
        {
            turns.Release();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            turns.Dispose();
        base.Dispose(disposing);
    }

    private async Task<HttpResponseMessage> Call(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        // The whole of it within the call's time, so that one that breaks off in the middle is a failed call.
        await response.Content.LoadIntoBufferAsync(MostAnswerBytes, cancellationToken);
        return response;
    }

    private ResiliencePipeline<HttpResponseMessage> Pipeline(ILogger logger)
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time };
        if (options.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = call => ValueTask.FromResult(IsInfrastructure(call.Outcome) && call.AttemptNumber < options.Retries && RetryAfter(call.Outcome.Result) <= Longest && budget.TrySpend()),
                MaxRetryAttempts = options.Retries,
                Delay = TimeSpan.FromSeconds(options.RetryDelaySeconds),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                DelayGenerator = call => ValueTask.FromResult(RetryAfter(call.Outcome.Result) is { } asked && asked > TimeSpan.Zero ? asked * (1 + (Random.Shared.NextDouble() / 10)) : (TimeSpan?)null),
            });
        }

        return builder
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = call => ValueTask.FromResult(IsInfrastructure(call.Outcome)),
                FailureRatio = 0.5,
                MinimumThroughput = options.BreakerCalls,
                SamplingDuration = TimeSpan.FromSeconds(options.BreakerSamplingSeconds),
                BreakDuration = TimeSpan.FromSeconds(options.BreakerCooldownSeconds),
                OnOpened = _ => Told("open"),
                OnHalfOpened = _ => Told("half open: one call probes"),
                OnClosed = _ => Told("closed"),
            })
            .AddTimeout(TimeSpan.FromSeconds(options.TimeoutSeconds))
            .Build();

        ValueTask Told(string state)
        {
            logger.CircuitChanged(name, state);
            return ValueTask.CompletedTask;
        }
    }

    private TimeSpan Longest => TimeSpan.FromSeconds(options.LongestRetryAfterSeconds);

    private static bool IsInfrastructure(Outcome<HttpResponseMessage> call) =>
        call.Exception is HttpRequestException or TimeoutRejectedException || (call.Result is { } response && IsInfrastructure(response));

    private static bool IsInfrastructure(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)response.StatusCode >= 500;

    private TimeSpan RetryAfter(HttpResponseMessage? response) => response?.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => TimeSpan.Zero,
    };

    private async Task<ModelException> Failed(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using (response)
        {
            var status = (int)response.StatusCode;
            // What a provider says of a key may hold part of it.
            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                return ModelException.Of("model-refused", $"The model endpoint {name} answered {status}: check {ModelsOptions.Section}:Endpoints:{name}:ApiKey.", retryable: false);
            var said = Message(await response.Content.ReadAsStringAsync(cancellationToken));
            return IsInfrastructure(response)
                ? ModelException.Of(status == 429 ? "model-busy" : "model-unavailable", $"The model endpoint {name} answered {status}: {said}", retryable: true)
                : ModelException.Of("model-refused", $"The model endpoint {name} answered {status}: {said}", retryable: false);
        }
    }

    // Both formats have error.message; a proxy may answer anything.
    private static string Message(string body)
    {
        var text = body;
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object && error.TryGetProperty("message", out var message))
                text = message.ToString();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or no object: shown as it is.
        }

        return text.Length <= MostErrorText ? text : $"{text[..MostErrorText]}…";
    }
}
