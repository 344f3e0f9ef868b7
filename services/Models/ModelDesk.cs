using System.Text;
using System.Text.Json;
using LoopBus.Loops;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LoopBus.Models;

/// <summary>
/// Asks models, and keeps each answer before anyone uses it: under the same key it is given again from the journal, after a crash too, and paid for once.
/// </summary>
public sealed class ModelDesk
{
    private const int MostShownAgain = 64 * 1024;

    private readonly CallJournal journal;
    private readonly ChatClients clients;
    private readonly ModelsOptions options;
    private readonly ILogger<ModelDesk> logger;

    internal ModelDesk(CallJournal journal, ChatClients clients, IOptions<ModelsOptions> options, ILogger<ModelDesk> logger) =>
        (this.journal, this.clients, this.options, this.logger) = (journal, clients, options.Value, logger);

    /// <summary>The most that one question can take: its prompt, as <see cref="TokenEstimate"/> counts bytes (a character of three is a token of its own), and the longest answer, at whichever of the endpoints that may come to be asked it is most. Null where no model is chosen.</summary>
    public (long Tokens, decimal? Usd)? Most(string role, string loop, IReadOnlyList<ModelMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (options.EndpointOf(role, loop) is not { } endpoint)
            return null;
        var tokens = TokenEstimate.Of(Bytes(messages));
        (long Tokens, decimal? Usd) most = (0, 0);
        // A vector is no tokens, and has no fallback.
        for (string? next = endpoint; next is not null; next = role == ModelRole.Embedding ? null : options.Endpoints[next].Fallback)
        {
            var settings = options.Endpoints[next];
            var answer = role == ModelRole.Embedding ? 0 : settings.MaxOutputTokens;
            most = (Math.Max(most.Tokens, tokens + answer), settings.Usd(tokens, answer) is { } usd && most.Usd is { } other ? Math.Max(usd, other) : null);
        }

        return most;
    }

    /// <exception cref="ModelException">Nobody answered, none is chosen, or the key was used for another prompt.</exception>
    public Task<ModelAnswer> Ask(ModelQuestion question, CancellationToken cancellationToken) => Ask(question, _ => Task.CompletedTask, cancellationToken);

    /// <param name="may">Looked at before a call is made, and not where the answer is known: it throws where it may not be made.</param>
    /// <exception cref="ModelException">As the other.</exception>
    public async Task<ModelAnswer> Ask(ModelQuestion question, Func<IReadOnlyList<ModelMessage>, Task> may, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(may);
        var prompt = JsonSerializer.Serialize(new { question.Messages, question.Schema }, JsonSerializerOptions.Web);
        var (call, isKnown) = await journal.Once(
            question,
            prompt,
            async storable =>
            {
                await may(question.Messages);
                return await Call(question, storable, cancellationToken);
            },
            cancellationToken);

        return new ModelAnswer(call.Answer, call.Endpoint, call.Model, call.InputTokens, call.OutputTokens, call.Usd, TimeSpan.FromMilliseconds(call.LatencyMs), call.Finish, isKnown);
    }

    /// <inheritdoc cref="AskFor{T}(ModelQuestion, Func{IReadOnlyList{ModelMessage}, Task}, Func{T, string?}, CancellationToken)"/>
    public Task<(T? Answer, string? Problem)> AskFor<T>(ModelQuestion question, Func<IReadOnlyList<ModelMessage>, Task> may, CancellationToken cancellationToken)
        where T : class => AskFor<T>(question, may, static _ => null, cancellationToken);

    /// <summary>Asks for JSON of the question's schema, and has one answer mended that is none.</summary>
    /// <param name="may">Looked at before each call, not before an answer that is known: it throws where that may not be made.</param>
    /// <param name="wrong">What is wrong with an answer that has the schema's form; null where nothing is.</param>
    /// <returns>The answer, or what is wrong with the second.</returns>
    /// <exception cref="ModelException">As <see cref="Ask"/>.</exception>
    public async Task<(T? Answer, string? Problem)> AskFor<T>(
        ModelQuestion question, Func<IReadOnlyList<ModelMessage>, Task> may, Func<T, string?> wrong, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(may);
        ArgumentNullException.ThrowIfNull(wrong);
        var first = await Ask(question, may, cancellationToken);
        var (answer, problem) = Read(first.Text);
        if (answer is not null)
            return (answer, null);

        var shown = first.Text.Length <= MostShownAgain ? first.Text : first.Text[..MostShownAgain];
        var mend = question with
        {
            Key = IdempotencyKey.For(question.TaskId, question.Key, "mend"),
            Messages = [.. question.Messages, ModelMessage.Assistant(shown), ModelMessage.User($"That is not what was asked for: {problem} Answer again, with the JSON object and nothing else.")],
        };

        return Read((await Ask(mend, may, cancellationToken)).Text);

        (T? Answer, string? Problem) Read(string text)
        {
            var read = JsonAnswer.Read<T>(text, question.Schema!.Value);

            return read.Answer is { } formed && wrong(formed) is { } why ? (null, why) : read;
        }
    }

    private static long Bytes(IReadOnlyList<ModelMessage> messages) => messages.Sum(message => (long)Encoding.UTF8.GetByteCount(message.Text));

    private async Task<ModelCall> Call(ModelQuestion question, string prompt, CancellationToken cancellationToken)
    {
        var endpoint = options.EndpointOf(question.Role, question.Loop)
            ?? throw ModelException.Of("model-not-chosen", $"No model is chosen for the {question.Role} of {question.Loop}. Set {ModelsOptions.Section}:Roles:{question.Role} to one of {ModelsOptions.Section}:Endpoints.", retryable: false);
        while (true)
        {
            try
            {
                return await journal.Call(question, prompt, endpoint, settings => Chat(question, settings, endpoint, cancellationToken), cancellationToken);
            }
            catch (ModelException exception) when (exception.Reason.Retryable && options.Endpoints[endpoint].Fallback is { } next)
            {
                logger.FellBack(endpoint, question.Role, question.TaskId, next, exception.Reason.Text);
                endpoint = next;
            }
        }
    }

    private async Task<ModelReply> Chat(ModelQuestion question, EndpointOptions settings, string endpoint, CancellationToken cancellationToken)
    {
        var asked = new ChatOptions
        {
            MaxOutputTokens = settings.MaxOutputTokens,
            ResponseFormat = question.Schema is { } schema ? ChatResponseFormat.ForJsonSchema(schema, "answer") : null,
        };
        var response = await clients.For(endpoint).GetResponseAsync(question.Messages.Select(message => new ChatMessage(new ChatRole(message.Speaker), message.Text)), asked, cancellationToken);

        // An answer that does not say why it ended has not ended: a body that was cut, or a page of some proxy.
        if (response.FinishReason is not { } finish)
            throw ModelException.Of("model-unreadable", $"What the model endpoint {endpoint} answered does not say that it is whole.", retryable: true);

        // Where it does not say what it took, a limit is to hold all the same.
        var (input, output) = response.Usage is { InputTokenCount: > 0 } usage
            ? (usage.InputTokenCount.Value, usage.OutputTokenCount ?? settings.MaxOutputTokens)
            : (TokenEstimate.Of(Bytes(question.Messages)), TokenEstimate.Of(Encoding.UTF8.GetByteCount(response.Text)));

        return new ModelReply(response.ModelId ?? settings.Model, response.Text, finish.Value, input, output);
    }
}
