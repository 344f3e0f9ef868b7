namespace LoopBus.Models;

/// <summary>One model behind one address: LoopBus:Models:Endpoints:&lt;name&gt;.</summary>
public sealed class EndpointOptions
{
    /// <summary>What it speaks: <c>openai</c> (also Ollama, vLLM, LM Studio and others that are compatible) or <c>anthropic</c>.</summary>
    public string Kind { get; set; } = "openai";

    /// <summary>Where it is, such as https://api.openai.com/v1 or http://127.0.0.1:11434/v1; the provider's own where not set.</summary>
    public Uri? Address { get; set; }

    /// <summary>The provider's name of the model.</summary>
    public string Model { get; set; } = "";

    /// <summary>The key; a local server may need none.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>How long one call may take, in seconds.</summary>
    public double TimeoutSeconds { get; set; } = 60;

    /// <summary>The most tokens of one answer.</summary>
    public int MaxOutputTokens { get; set; } = 4096;

    /// <summary>Further calls after a timeout, 429, 5xx or a broken connection, and nothing else.</summary>
    public int Retries { get; set; } = 2;

    /// <summary>The pause before the second call, in seconds; doubled with each, with jitter. What the provider says in Retry-After counts where it is longer.</summary>
    public double RetryDelaySeconds { get; set; } = 0.5;

    /// <summary>The longest Retry-After that is waited for, in seconds; a longer one fails the call at once.</summary>
    public double LongestRetryAfterSeconds { get; set; } = 30;

    /// <summary>Calls under way at once from one process; more wait.</summary>
    public int Concurrency { get; set; } = 64;

    /// <summary>So many failed calls within the time open the circuit breaker.</summary>
    public int BreakerCalls { get; set; } = 5;

    /// <summary>How long failures are counted for, in seconds; at least half of the calls must fail.</summary>
    public double BreakerSamplingSeconds { get; set; } = 30;

    /// <summary>How long nothing is asked then, in seconds; after it one call probes.</summary>
    public double BreakerCooldownSeconds { get; set; } = 15;

    /// <summary>US dollars for a million tokens in; unknown where not set, and then said to be.</summary>
    public decimal? InputPrice { get; set; }

    /// <inheritdoc cref="InputPrice"/>
    public decimal? OutputPrice { get; set; }

    /// <summary>The endpoint that is asked where this one does not answer; none where not set.</summary>
    public string? Fallback { get; set; }

    /// <summary>What so many tokens in and out cost, in US dollars; null where the price is not known.</summary>
    public decimal? Usd(long tokensIn, long tokensOut) => this is { InputPrice: { } input, OutputPrice: { } output } ? ((tokensIn * input) + (tokensOut * output)) / 1_000_000 : null;
}
