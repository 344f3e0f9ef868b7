using System.Text.Json;
using LoopBus.Executor.Tools;
using LoopBus.Executor.Tools.Git;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Executor.FalsePositives;

/// <summary>review.known_false_positives: what people rejected before, in the files that changed.</summary>
internal sealed class KnownFalsePositivesTool(IServiceScopeFactory scopes) : ITool
{
    private const int Most = 1000;

    public string Name => "review.known_false_positives";

    public async Task<JsonElement> Invoke(ToolCall call, CancellationToken cancellationToken)
    {
        var input = ToolJson.Read<Input>(call);
        var repository = FalsePositive.RepositoryOf(input.Repository);
        var files = input.Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        await using var scope = scopes.CreateAsyncScope();
        var known = await scope.ServiceProvider.GetRequiredService<ExecutorDbContext>().FalsePositives.AsNoTracking()
            .Where(one => one.Repository == repository && files.Contains(one.File))
            .OrderByDescending(one => one.RejectedAt).ThenBy(one => one.Key).Take(Most)
            .Select(one => new KnownFinding(one.Rule, one.File, one.Evidence)).ToListAsync(cancellationToken);

        return ToolJson.Write(new { known });
    }

    private sealed record Input(string Repository, IReadOnlyList<Changed> Files);

    private sealed record Changed(string Path);
}
