using System.Text.Json;
using LoopBus.Loops;
using LoopBus.Persistence;
using LoopBus.Persistence.Database;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LoopBus.Models;

/// <summary>
/// Asks models, and keeps each answer before anyone uses it: under the same key it is given again from the journal, after a crash too, and paid for once.
/// </summary>
public sealed class ModelDesk
{
    // Few languages and models need more tokens than that; a reservation is to be too high rather than too low.
    private const int CharactersPerToken = 3;

    private const int MostShownAgain = 64 * 1024;

    private readonly IRows rows;
    private readonly ChatClients clients;
    private readonly UnkeptAnswers unkept;
    private readonly ModelMetrics metrics;
    private readonly ModelsOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<ModelDesk> logger;

    internal ModelDesk(IRows rows, ChatClients clients, UnkeptAnswers unkept, ModelMetrics metrics, IOptions<ModelsOptions> options, TimeProvider time, ILogger<ModelDesk> logger) =>
        (this.rows, this.clients, this.unkept, this.metrics, this.options, this.time, this.logger) = (rows, clients, unkept, metrics, options.Value, time, logger);

    /// <summary>The most that one question can take: its prompt, at three characters a token, and the longest answer. Null where no model is chosen.</summary>
    public (long Tokens, decimal? Usd)? Most(string role, string loop, IReadOnlyList<ModelMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (options.EndpointOf(role, loop) is not { } endpoint)
            return null;
        var settings = options.Endpoints[endpoint];
        var tokens = (messages.Sum(message => message.Text.Length) + CharactersPerToken - 1) / CharactersPerToken;

        return (tokens + settings.MaxOutputTokens, Usd(settings, tokens, settings.MaxOutputTokens));
    }

    /// <exception cref="ModelException">Nobody answered, none is chosen, or the key was used for another prompt.</exception>
    public async Task<ModelAnswer> Ask(ModelQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        var prompt = JsonSerializer.Serialize(new { question.Messages, question.Schema }, JsonSerializerOptions.Web);
        if (await Known(question, prompt, cancellationToken) is { } known)
            return known;

        // What was answered while the database was away is still here when the message comes again.
        var call = unkept.Find(question.Key, Storable(prompt)) ?? await Call(question, prompt, cancellationToken);
        unkept.Hold(call);
        var first = await rows.Commit(journal => journal.Insert(call), cancellationToken);
        unkept.Release(call);
        if (first)
            return Answer(call, fromJournal: false);

        // Another asked the same at the same time, and was first: there is one answer.
        return await Known(question, prompt, cancellationToken) ?? throw ModelException.Of("key-reused", $"The answer to {question.Key} was taken by another, and is gone.", retryable: true);
    }

    /// <summary>Asks for JSON of the question's schema, and has one answer mended that is none.</summary>
    /// <param name="may">Looked at before each call: it throws where that may not be made.</param>
    /// <returns>The answer, or what is wrong with the second.</returns>
    /// <exception cref="ModelException">As <see cref="Ask"/>.</exception>
    public async Task<(T? Answer, string? Problem)> AskFor<T>(ModelQuestion question, Func<IReadOnlyList<ModelMessage>, Task> may, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(may);
        await may(question.Messages);
        var first = await Ask(question, cancellationToken);
        var (answer, problem) = JsonAnswer.Read<T>(first.Text, question.Schema!.Value);
        if (answer is not null)
            return (answer, null);

        var shown = first.Text.Length <= MostShownAgain ? first.Text : first.Text[..MostShownAgain];
        var mend = question with
        {
            Key = IdempotencyKey.For(question.TaskId, question.Key, "mend"),
            Messages = [.. question.Messages, ModelMessage.Assistant(shown), ModelMessage.User($"That is not what was asked for: {problem} Answer again, with the JSON object and nothing else.")],
        };
        await may(mend.Messages);

        return JsonAnswer.Read<T>((await Ask(mend, cancellationToken)).Text, question.Schema!.Value);
    }

    private async Task<ModelAnswer?> Known(ModelQuestion question, string prompt, CancellationToken cancellationToken)
    {
        if (await rows.Find<ModelCall>(question.Key, cancellationToken) is not { } call)
            return null;
        if (call.Prompt != Storable(prompt))
            throw ModelException.Of("key-reused", $"The {question.Role} of {question.TaskId} was asked something else under the same key; ask as a further attempt.", retryable: false);
        return Answer(call, fromJournal: true);
    }

    private async Task<ModelCall> Call(ModelQuestion question, string prompt, CancellationToken cancellationToken)
    {
        var endpoint = options.EndpointOf(question.Role, question.Loop)
            ?? throw ModelException.Of("model-not-chosen", $"No model is chosen for the {question.Role} of {question.Loop}. Set {ModelsOptions.Section}:Roles:{question.Role} to one of {ModelsOptions.Section}:Endpoints.", retryable: false);
        while (true)
        {
            try
            {
                return await Call(question, prompt, endpoint, cancellationToken);
            }
            catch (ModelException exception) when (exception.Reason.Retryable && options.Endpoints[endpoint].Fallback is { } next)
            {
                metrics.Failed(endpoint, question.Role);
                logger.FellBack(endpoint, question.Role, question.TaskId, next, exception.Reason.Text);
                endpoint = next;
            }
            catch (ModelException)
            {
                metrics.Failed(endpoint, question.Role);
                throw;
            }
        }
    }

    private async Task<ModelCall> Call(ModelQuestion question, string prompt, string endpoint, CancellationToken cancellationToken)
    {
        var settings = options.Endpoints[endpoint];
        var began = time.GetTimestamp();
        var asked = new ChatOptions
        {
            MaxOutputTokens = settings.MaxOutputTokens,
            ResponseFormat = question.Schema is { } schema ? ChatResponseFormat.ForJsonSchema(schema, "answer") : null,
        };
        ChatResponse response;
        try
        {
            response = await clients.For(endpoint).GetResponseAsync(question.Messages.Select(Message), asked, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw Causes.Of(exception).OfType<ModelException>().FirstOrDefault()
                ?? ModelException.Of("model-unreadable", $"What the model endpoint {endpoint} answered cannot be read as {settings.Kind} speaks: {exception.Message}", retryable: true, exception);
        }

        // An answer that does not say why it ended has not ended: a body that was cut, or a page of some proxy.
        if (response.FinishReason is not { } finish)
            throw ModelException.Of("model-unreadable", $"What the model endpoint {endpoint} answered does not say that it is whole.", retryable: true);

        var took = time.GetElapsedTime(began);
        var (tokensIn, tokensOut) = (response.Usage?.InputTokenCount ?? 0, response.Usage?.OutputTokenCount ?? 0);
        var model = response.ModelId ?? settings.Model;
        metrics.Answered(endpoint, question.Role, tokensIn, tokensOut, took);
        logger.Answered(endpoint, model, question.Role, question.TaskId, tokensIn, tokensOut, (long)took.TotalMilliseconds);

        return new ModelCall
        {
            Key = question.Key,
            TaskId = question.TaskId,
            Loop = question.Loop,
            Role = question.Role,
            Endpoint = endpoint,
            Model = model,
            Prompt = Storable(prompt),
            Answer = Storable(response.Text),
            Finish = finish.Value,
            InputTokens = tokensIn,
            OutputTokens = tokensOut,
            Usd = Usd(settings, tokensIn, tokensOut),
            LatencyMs = (long)took.TotalMilliseconds,
            CalledAt = time.GetUtcNow(),
        };
    }

    private static ModelAnswer Answer(ModelCall call, bool fromJournal) => new(
        call.Answer, call.Endpoint, call.Model, call.InputTokens, call.OutputTokens, call.Usd, TimeSpan.FromMilliseconds(call.LatencyMs), call.Finish, fromJournal);

    private static decimal? Usd(EndpointOptions settings, long tokensIn, long tokensOut) =>
        settings is { InputPrice: { } input, OutputPrice: { } output } ? ((tokensIn * input) + (tokensOut * output)) / 1_000_000 : null;

    private static ChatMessage Message(ModelMessage message) => new(new ChatRole(message.Speaker), message.Text);

    // PostgreSQL's text has every character but one.
    private static string Storable(string text) => text.Replace('\0', '\uFFFD');
}
