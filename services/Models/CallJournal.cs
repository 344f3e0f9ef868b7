using LoopBus.Contracts.Acts;
using LoopBus.Persistence;
using LoopBus.Persistence.Database;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LoopBus.Models;

/// <summary>The calls of models as all desks make them: asked once under a key, measured, priced, and kept before anyone uses what was answered.</summary>
internal sealed class CallJournal(
    IRows rows, UnkeptAnswers unkept, QuestionTurns turns, ModelMetrics metrics, IOptions<ModelsOptions> options, TimeProvider time, ILogger<CallJournal> logger)
{
    /// <param name="prompt">All that is asked, as it is kept: the same key with another prompt is refused.</param>
    /// <param name="ask">Makes the call, where nobody has; it is given the prompt as it can be kept.</param>
    /// <returns>The call, and whether it was made before.</returns>
    public async Task<(ModelCall Call, bool IsKnown)> Once(ModelQuestion question, string prompt, Func<string, Task<ModelCall>> ask, CancellationToken cancellationToken)
    {
        prompt = StorableText.Of(prompt);
        // A message that comes again while the first still waits for its answer.
        using var turn = await turns.Take(question.Key, cancellationToken);
        if (await Known(question, prompt, cancellationToken) is { } known)
            return (known, true);

        // What was answered while the database was away is still here when the message comes again.
        var call = unkept.Find(question.Key, prompt) ?? await ask(prompt);
        unkept.Hold(call);
        // It is paid for: whoever asked may be gone, the answer is kept.
        var first = await rows.Commit(journal => journal.Insert(call), CancellationToken.None);
        unkept.Release(call);
        if (first)
            return (call, false);

        // Another asked the same at the same time, and was first: there is one answer.
        return (await Known(question, prompt, cancellationToken) ?? throw ModelException.Of("key-reused", $"The answer to {question.Key} was taken by another, and is gone.", retryable: true), true);
    }

    /// <summary>One call of one endpoint, as the journal keeps it.</summary>
    /// <exception cref="ModelException">It brought no answer.</exception>
    public async Task<ModelCall> Call(ModelQuestion question, string prompt, string endpoint, Func<EndpointOptions, Task<ModelReply>> call, CancellationToken cancellationToken)
    {
        var settings = options.Value.Endpoints[endpoint];
        var began = time.GetTimestamp();
        ModelReply reply;
        try
        {
            reply = await call(settings);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            metrics.Failed(endpoint, question.Role);
            throw Causes.Of(exception).OfType<ModelException>().FirstOrDefault()
                ?? ModelException.Of("model-unreadable", $"What the model endpoint {endpoint} answered cannot be read as {settings.Kind} speaks: {exception.Message}", retryable: true, exception);
        }

        var took = time.GetElapsedTime(began);
        metrics.Answered(endpoint, question.Role, reply.InputTokens, reply.OutputTokens, took);
        logger.Answered(endpoint, reply.Model, question.Role, question.TaskId, reply.InputTokens, reply.OutputTokens, (long)took.TotalMilliseconds);

        return new ModelCall
        {
            Key = question.Key,
            TaskId = question.TaskId,
            Loop = question.Loop,
            Role = question.Role,
            Endpoint = endpoint,
            Model = reply.Model,
            Prompt = prompt,
            Answer = StorableText.Of(reply.Text),
            Finish = reply.Finish,
            InputTokens = reply.InputTokens,
            OutputTokens = reply.OutputTokens,
            Usd = settings.Usd(reply.InputTokens, reply.OutputTokens),
            LatencyMs = (long)took.TotalMilliseconds,
            CalledAt = time.GetUtcNow(),
        };
    }

    private async Task<ModelCall?> Known(ModelQuestion question, string prompt, CancellationToken cancellationToken)
    {
        var call = await rows.Find<ModelCall>(question.Key, cancellationToken);
        if (call is not null && call.Prompt != prompt)
            throw ModelException.Of("key-reused", $"The {question.Role} of {question.TaskId} was asked something else under the same key; ask as a further attempt.", retryable: false);

        return call;
    }
}
