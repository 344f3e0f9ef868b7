using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Anthropic.Models.Messages;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;

namespace LoopBus.ModelServer.Tests;

/// <summary>The real SDKs, pointed at a server; without retries of their own, so that a test sees each answer.</summary>
internal static class Clients
{
    public static ChatClient OpenAi(this ModelHost host, string? key = null, int retries = 0) =>
        new("gpt-scripted", new ApiKeyCredential(key ?? host.Key), OptionsFor(host, retries));

    public static EmbeddingClient Embeddings(this ModelHost host) =>
        new("embedding-scripted", new ApiKeyCredential(host.Key), OptionsFor(host, retries: 0));

    public static AnthropicClient Claude(this ModelHost host, string? key = null, int retries = 0, params IReadOnlyList<DelegatingHandler> handlers) => new()
    {
        BaseUrl = host.Address.ToString(),
        ApiKey = key ?? host.Key,
        MaxRetries = retries,
        Timeout = TimeSpan.FromSeconds(60),
        Handlers = handlers,
    };

    /// <summary>A question in Anthropic's own words.</summary>
    public static MessageCreateParams Question(string text, params IReadOnlyList<ToolUnion> tools) =>
        new() { MaxTokens = 200, Model = "claude-scripted", Messages = [new UserMessageParam(text)], Tools = tools };

    public static async Task<string> Ask(this ChatClient client, string text, CancellationToken cancellationToken = default) =>
        (await client.CompleteChatAsync([new UserChatMessage(text)], cancellationToken: cancellationToken)).Value.Content[0].Text;

    public static async Task<string> Ask(this AnthropicClient client, string text, CancellationToken cancellationToken = default)
    {
        var message = await client.Messages.Create(Question(text), cancellationToken);
        message.Content[0].TryPickText(out var block).ShouldBeTrue();
        return block!.Text;
    }

    private static OpenAIClientOptions OptionsFor(ModelHost host, int retries) =>
        new() { Endpoint = host.OpenAiEndpoint, RetryPolicy = new ClientRetryPolicy(retries), NetworkTimeout = TimeSpan.FromSeconds(60) };
}
