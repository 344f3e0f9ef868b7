using LoopBus.Contracts.Planning;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Models;

/// <summary>What the models of a service took for a run so far, by its journal. A vector whose price nobody knows counts its tokens alone: where dollars are bounded none is made.</summary>
public static class ModelSpending
{
    public static async Task<Spent> Of(DbContext journal, string taskId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var sum = await journal.Set<ModelCall>().Where(call => call.TaskId == taskId).GroupBy(call => call.TaskId)
            .Select(run => new { Tokens = run.Sum(call => call.InputTokens + call.OutputTokens), Usd = run.Sum(call => call.Usd), Unknown = run.Any(call => call.Usd == null && call.Role != ModelRole.Embedding) })
            .FirstOrDefaultAsync(cancellationToken);

        return sum is null ? new Spent(0, 0) : new Spent(sum.Tokens, sum.Unknown ? null : sum.Usd);
    }

    /// <summary>Whether one more question may pass a bound; what cannot be known counts as too much.</summary>
    /// <param name="most">What the question takes at most: its longest answer.</param>
    /// <param name="doing">What was paid for, as a sentence begins: Planning, Judging.</param>
    /// <param name="bound">The words for the bound, of an amount.</param>
    /// <returns>The sentence for people; null where it may not.</returns>
    public static string? Over(Spent spent, (long Tokens, decimal? Usd) most, long? tokens, decimal? usd, string doing, Func<string, string> bound)
    {
        ArgumentNullException.ThrowIfNull(spent);
        ArgumentNullException.ThrowIfNull(bound);
        if (spent.Tokens > tokens - most.Tokens)
            return $"{doing} took {spent.Tokens} tokens, and one more question up to {most.Tokens}; {bound($"{tokens}")}.";
        if (usd is not null && (spent.Usd is null || most.Usd is null))
            return $"{Capital(bound($"{usd:0.####} US dollars"))}, and the price of the model is not known: set its InputPrice and OutputPrice in {ModelsOptions.Section}:Endpoints.";
        if (spent.Usd + most.Usd > usd)
            return $"{doing} cost {spent.Usd:0.####} US dollars, and one more question up to {most.Usd:0.####}; {bound($"{usd:0.####}")}.";

        return null;
    }

    private static string Capital(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}";
}
