using System.Text.RegularExpressions;
using LoopBus.Contracts.Planning;
using LoopBus.Executor.Tools.Git;
using LoopBus.Hosting.Git;
using LoopBus.Loops;
using LoopBus.Loops.Prompts;
using LoopBus.Models;

namespace LoopBus.Executor.Tools.Review.Asking;

/// <summary>Asks a model about the change of one file, and keeps of its answer what stands. Whatever goes wrong with the model, there is an answer: that it said nothing.</summary>
internal sealed class FileQuestion(IServiceScopeFactory scopes, GitRepository repository, GitRange range, ToolCall call, ModelPurse purse)
{
    // About 8000 tokens; what was removed says less than what came.
    private const int NewRoom = 18_000;
    private const int OldRoom = 6_000;

    private volatile string? down;

    public async Task<FileAnswer> Ask(FileChange file, CancellationToken cancellationToken)
    {
        if (down is { } why)
            return FileAnswer.None(file.Path, why, "It was not asked: it did not answer about another file.");

        var held = new Spent(0, 0);
        try
        {
            var change = new Change(
                file,
                file.Status is "added" or "copied" ? null : await ReadChange.Text(repository, range.Base, file.OldPath ?? file.Path, cancellationToken),
                await ReadChange.Text(repository, range.Head, file.Path, cancellationToken)
            );
            await using var scope = scopes.CreateAsyncScope();
            var (answer, problem) = await scope.ServiceProvider.GetRequiredService<ModelDesk>().AskFor<ReviewAnswer>(Question(change), May, cancellationToken);
            if (answer is null)
                return FileAnswer.None(file.Path, "its answer could not be used", $"Its answer is no review, and its second neither: {problem}");
            var (findings, untouched, ungrounded, omitted) = Grounding.Of(answer, change);

            return new FileAnswer(file.Path, findings, untouched, ungrounded, omitted);
        }
        catch (ModelException exception)
        {
            var said = exception.Reason.Code == "budget-exceeded" ? "what it may take is spent" : $"the model did not answer ({exception.Reason.Code})";
            // Its endpoint was asked again, and those after it, by now: the other files need not wait for the same.
            if (exception.Reason.Retryable)
                down = said;

            return FileAnswer.None(file.Path, said, exception.Reason.Text);
        }
        // A text can be made to be nested or to match without end.
        catch (Exception exception) when (exception is GitException or InsufficientExecutionStackException or RegexMatchTimeoutException)
        {
            return FileAnswer.None(file.Path, "a file could not be read", exception.Message);
        }
        finally
        {
            await purse.Give(held);
        }

        async Task May(IReadOnlyList<ModelMessage> messages)
        {
            var more = await purse.Take(messages, cancellationToken);
            held = new Spent(held.Tokens + more.Tokens, held.Usd + more.Usd);
        }
    }

    private ModelQuestion Question(Change change)
    {
        var (now, cutNow) = ChangeView.Of(change.New, change.File.ChangedLines, '+', NewRoom, HiddenLines.Of(change.New, change.File));
        var (before, cutBefore) = ChangeView.Of(change.Old, change.File.RemovedLines, '-', OldRoom, HiddenLines.Of(change.Old, change.File));
        var prompt = PromptTemplate.Review.Render(new Dictionary<string, object?>
        {
            ["path"] = change.File.Path,
            ["new"] = now,
            ["old"] = before,
            ["cut"] = cutNow || cutBefore,
        });

        return new ModelQuestion(
            IdempotencyKey.For(call.TaskId, call.StepId, $"{AskModelTool.ToolName}:{change.File.Path}"),
            call.TaskId,
            call.Loop,
            ModelRole.Reviewer,
            [ModelMessage.User(prompt)],
            ReviewAnswer.Schema
        );
    }
}
