using LoopBus.Contracts.Planning;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Models;

/// <summary>What the models of a service took for a run so far, by its journal.</summary>
public static class ModelSpending
{
    public static async Task<Spent> Of(DbContext journal, string taskId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var sum = await journal.Set<ModelCall>().Where(call => call.TaskId == taskId).GroupBy(call => call.TaskId)
            .Select(run => new { Tokens = run.Sum(call => call.InputTokens + call.OutputTokens), Usd = run.Sum(call => call.Usd), Unknown = run.Any(call => call.Usd == null) })
            .FirstOrDefaultAsync(cancellationToken);

        return sum is null ? new Spent(0, 0) : new Spent(sum.Tokens, sum.Unknown ? null : sum.Usd);
    }
}
