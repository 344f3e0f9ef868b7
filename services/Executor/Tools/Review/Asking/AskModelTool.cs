using System.Data.Common;
using System.Text.Json;
using LoopBus.Executor.Tools.Git;
using LoopBus.Hosting.Git;
using LoopBus.Models;

namespace LoopBus.Executor.Tools.Review.Asking;

/// <summary>review.ask_model: what a model finds in the changed files, where one is chosen; each file is one question, kept and paid for once. No model's failure is the step's.</summary>
internal sealed class AskModelTool(IServiceScopeFactory scopes, GitRepositories repositories) : ITool
{
    public const string ToolName = "review.ask_model";

    private const int MostFiles = 50;
    private const int AtOnce = 4;

    // What is left of the step's time is for what was answered.
    private const double OwnShare = 0.8;

    public string Name => ToolName;

    public async Task<JsonElement> Invoke(ToolCall call, CancellationToken cancellationToken)
    {
        try
        {
            return ToolJson.Write(await Ask(call, ToolJson.Read<Input>(call), cancellationToken).AsToolFailures());
        }
        // The journal is away: an answer that came is held until the step is asked for again.
        catch (Exception exception) when (exception is DbException or { InnerException: DbException })
        {
            throw new ToolException("journal-away", $"What the model says cannot be kept: {exception.Message}", retryable: true, exception);
        }
    }

    private async Task<ModelReview> Ask(ToolCall call, Input input, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<ModelDesk>();
        if (desk.Most(ModelRole.Reviewer, call.Loop, []) is null)
            return ModelReview.None;

        using var late = new CancellationTokenSource(OwnTime(call), scope.ServiceProvider.GetRequiredService<TimeProvider>());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        using var purse = new ModelPurse(
            call.Allowance,
            token => ModelSpending.Of(scope.ServiceProvider.GetRequiredService<ExecutorDbContext>(), call.TaskId, token),
            messages => desk.Most(ModelRole.Reviewer, call.Loop, messages)
        );
        var question = new FileQuestion(scopes, repositories.Open(input.Repository), new GitRange(input.Base, input.Head), call, purse);
        var files = input.Files.Where(IsForAModel).OrderByDescending(file => file.AddedLines).ToList();
        var answers = new FileAnswer[Math.Min(files.Count, MostFiles)];

        await Parallel.ForEachAsync(
            Enumerable.Range(0, answers.Length),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (index, _) => answers[index] = await InTime(question, files[index], stop.Token, cancellationToken)
        );

        return ModelReview.Of([.. answers, .. files.Skip(MostFiles).Select(file => FileAnswer.None(file.Path, "the change has too many files", $"Only {MostFiles} are asked about."))]);
    }

    private static async Task<FileAnswer> InTime(FileQuestion question, FileChange file, CancellationToken inTime, CancellationToken stopping)
    {
        try
        {
            return await question.Ask(file, inTime);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return FileAnswer.None(file.Path, "the model took too long", "The step's time was nearly over.");
        }
    }

    private static TimeSpan OwnTime(ToolCall call) => call.Timeout == Timeout.InfiniteTimeSpan ? call.Timeout : call.Timeout * OwnShare;

    private static bool IsForAModel(FileChange file) =>
        file is { Binary: false, Status: not "deleted", Language: not ("markdown" or "text" or "other") }
        && file.ChangedLines.Count + file.RemovedLines.Count > 0
        && !FileKind.IsGenerated(file.Path);

    private sealed record Input(string Repository, string Base, string Head, IReadOnlyList<FileChange> Files);
}
