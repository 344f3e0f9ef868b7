using System.Text.Json;
using LoopBus.Executor.Tools.Git;
using LoopBus.Hosting.Git;

namespace LoopBus.Executor.Tools.Review;

/// <summary>review.post_notes: adds the review to the head commit's note. The section carries the call's key: a second call finds it, and a probe tells whether it is there.</summary>
internal sealed class PostNotesTool(GitRepositories repositories) : ITool, IProbe
{
    public string Name => "review.post_notes";

    public Task<JsonElement> Invoke(ToolCall call, CancellationToken cancellationToken) =>
        Post(call, ToolJson.Read<Input>(call), cancellationToken).AsEffectFailures();

    public Task<JsonElement?> Probe(ToolCall call, CancellationToken cancellationToken) =>
        Look(call, ToolJson.Read<Input>(call), cancellationToken).AsToolFailures();

    private async Task<JsonElement> Post(ToolCall call, Input input, CancellationToken cancellationToken)
    {
        var section = ReviewNote.Section(input.Review, call.TaskId, call.IdempotencyKey);
        var note = await repositories
            .Open(input.Repository)
            .Notes.Edit(
                input.Head,
                $"Review of {input.Head} by run {call.TaskId}",
                old => ReviewNote.Find(old, call.IdempotencyKey) is null ? ReviewNote.Append(old, section) : old,
                cancellationToken
            );
        return Output(input, call, ReviewNote.Find(note, call.IdempotencyKey)!);
    }

    private async Task<JsonElement?> Look(ToolCall call, Input input, CancellationToken cancellationToken)
    {
        var note = await repositories.Open(input.Repository).Notes.Read(input.Head, cancellationToken);
        return ReviewNote.Find(note, call.IdempotencyKey) is { } section ? Output(input, call, section) : null;
    }

    private static JsonElement Output(Input input, ToolCall call, string section) =>
        ToolJson.Write(
            new Posted(
                input.Repository,
                input.Head,
                GitNotes.Ref,
                call.IdempotencyKey,
                ReviewNote.HashOf(section),
                input.Review.Verdict,
                input.Review.Findings.Count
            )
        );

    private sealed record Input(string Repository, string Head, ReviewOutcome Review);

    private sealed record Posted(string Repository, string Commit, string Ref, string Key, string Sha256, string Verdict, int Findings);
}
