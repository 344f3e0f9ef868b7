using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using LoopBus.Hosting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;

namespace LoopBus.Models;

/// <summary>A client for each endpoint, made when it is first asked.</summary>
internal sealed class ChatClients(IOptions<ModelsOptions> options, RetryBudget budget, TimeProvider time, ILogger<ChatClients> logger) : IDisposable
{
    private readonly Dictionary<string, IChatClient> clients = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, OpenAiEmbeddings> embeddings = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<HttpClient> https = [];
    private readonly Lock gate = new();

    public IChatClient For(string endpoint)
    {
        lock (gate)
        {
            if (!clients.TryGetValue(endpoint, out var client))
                clients.Add(endpoint, client = Make(endpoint, options.Value.Endpoints[endpoint]));
            return client;
        }
    }

    public IEmbeddingGenerator<string, Embedding<float>> EmbeddingsFor(string endpoint)
    {
        lock (gate)
        {
            if (!embeddings.TryGetValue(endpoint, out var client))
            {
                var settings = options.Value.Endpoints[endpoint];
                embeddings.Add(endpoint, client = new OpenAiEmbeddings(new EmbeddingClient(settings.Model, Key(settings), Settings(settings, Http(endpoint, settings)))));
            }

            return client;
        }
    }

    public void Dispose()
    {
        foreach (var client in clients.Values)
            client.Dispose();
        foreach (var client in embeddings.Values)
            client.Dispose();
        https.ForEach(http => http.Dispose());
    }

    private IChatClient Make(string name, EndpointOptions endpoint)
    {
        if (endpoint.InputPrice is null)
            logger.PriceUnknown(name);
        var http = Http(name, endpoint);

        return endpoint.Kind == "anthropic" ? Anthropic(endpoint, http) : OpenAi(endpoint, http);
    }

    private HttpClient Http(string name, EndpointOptions endpoint)
    {
        // The guard bounds the time of each call; retries come on top.
        var http = new HttpClient(new EndpointGuard(name, endpoint, budget, time, logger)) { Timeout = Timeout.InfiniteTimeSpan };
        https.Add(http);

        return http;
    }

    private static OpenAiChat OpenAi(EndpointOptions endpoint, HttpClient http) => new(new ChatClient(endpoint.Model, Key(endpoint), Settings(endpoint, http)));

    // A local server needs no key, the package does.
    private static ApiKeyCredential Key(EndpointOptions endpoint) => new(endpoint.ApiKey.Length > 0 ? endpoint.ApiKey : "none");

    private static OpenAIClientOptions Settings(EndpointOptions endpoint, HttpClient http)
    {
        var settings = new OpenAIClientOptions
        {
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
        if (endpoint.Address is { } address)
            settings.Endpoint = address;

        return settings;
    }

    private static IChatClient Anthropic(EndpointOptions endpoint, HttpClient http)
    {
        var client = endpoint.Address is { } address
            ? new AnthropicClient { ApiKey = endpoint.ApiKey, HttpClient = http, MaxRetries = 0, Timeout = Timeout.InfiniteTimeSpan, BaseUrl = address.ToString().TrimEnd('/') }
            : new AnthropicClient { ApiKey = endpoint.ApiKey, HttpClient = http, MaxRetries = 0, Timeout = Timeout.InfiniteTimeSpan };

        return client.AsIChatClient(endpoint.Model, endpoint.MaxOutputTokens);
    }
}
