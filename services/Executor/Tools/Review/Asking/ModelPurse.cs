using LoopBus.Contracts.Planning;
using LoopBus.Models;

namespace LoopBus.Executor.Tools.Review.Asking;

/// <summary>
/// What a step's questions may take together, several at once: what the journal knows, what those under way may take at most, and one more must fit into the
/// allowance. What cannot be known is too much.
/// </summary>
internal sealed class ModelPurse(Spent? allowance, Func<CancellationToken, Task<Spent>> journal, Func<IReadOnlyList<ModelMessage>, (long Tokens, decimal? Usd)?> most) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private long tokens;
    private decimal usd;

    /// <returns>What the question may take at most; to be given back once the journal knows what it took.</returns>
    /// <exception cref="ModelException">It does not fit.</exception>
    public async Task<Spent> Take(IReadOnlyList<ModelMessage> messages, CancellationToken cancellationToken)
    {
        if (allowance is null || most(messages) is not { } question)
            return new Spent(0, 0);
        await turn.WaitAsync(cancellationToken);
        try
        {
            var spent = await journal(cancellationToken);
            if (Problem(spent, question) is { } over)
                throw ModelException.Of("budget-exceeded", over, retryable: false);
            tokens += question.Tokens;
            usd += question.Usd ?? 0;

            return new Spent(question.Tokens, question.Usd ?? 0);
        }
        finally
        {
            turn.Release();
        }
    }

    public async Task Give(Spent back)
    {
        await turn.WaitAsync(CancellationToken.None);
        tokens -= back.Tokens;
        usd -= back.Usd ?? 0;
        turn.Release();
    }

    public void Dispose() => turn.Dispose();

    private string? Problem(Spent spent, (long Tokens, decimal? Usd) question)
    {
        if (spent.Tokens + tokens > allowance!.Tokens - question.Tokens)
            return $"Reviewing took {spent.Tokens} tokens, {tokens} are under way, and one more question may take {question.Tokens}; {allowance.Tokens} are allowed until now.";
        if (allowance.Usd is { } bound && (spent.Usd is null || question.Usd is null))
            return $"{bound:0.####} US dollars are allowed until now, and the price of the model is not known: set its InputPrice and OutputPrice in {ModelsOptions.Section}:Endpoints.";
        if (spent.Usd + usd + question.Usd > allowance.Usd)
            return $"Reviewing cost {spent.Usd:0.####} US dollars, {usd:0.####} are under way, and one more question may cost {question.Usd:0.####}; {allowance.Usd:0.####} are allowed until now.";

        return null;
    }
}
