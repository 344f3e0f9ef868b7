using System.Text.Json;
using LoopBus.Executor.Tools.Git;
using LoopBus.Hosting.Git;

namespace LoopBus.Executor.Tools.Review;

/// <summary>review.remove_notes: takes away the section that a key of this run posted, and nothing else; one that a person changed since stays.</summary>
internal sealed class RemoveNotesTool(GitRepositories repositories) : ITool
{
    public string Name => "review.remove_notes";

    public Task<JsonElement> Invoke(ToolCall call, CancellationToken cancellationToken) =>
        Remove(call, ToolJson.Read<Input>(call), cancellationToken).AsToolFailures();

    private async Task<JsonElement> Remove(ToolCall call, Input input, CancellationToken cancellationToken)
    {
        var removed = false;
        await repositories
            .Open(input.Repository)
            .Notes.Edit(
                input.Commit,
                $"Review of {input.Commit} by run {call.TaskId} taken back",
                old =>
                {
                    var section = ReviewNote.Find(old, input.Key);
                    removed = section is not null;
                    return section is null ? old : ReviewNote.Without(old!, Own(call, input, section));
                },
                cancellationToken
            );
        return ToolJson.Write(new Output(input.Repository, input.Commit, input.Key, removed));
    }

    private static string Own(ToolCall call, Input input, string section) =>
        !ReviewNote.IsWhole(section)
            ? throw new ToolException(
                "note-edited",
                $"The review in the note of {input.Commit} was changed by somebody since; take it back by hand (git notes --ref=loopbus-review edit {input.Commit})."
            )
        : !ReviewNote.IsOf(section, call.TaskId)
            ? throw new ToolException(
                "note-of-another-run",
                $"The review under key {input.Key} was posted by another run than {call.TaskId}; only that run may take it back."
            )
        : section;

    private sealed record Input(string Repository, string Commit, string Key);

    private sealed record Output(string Repository, string Commit, string Key, bool Removed);
}
