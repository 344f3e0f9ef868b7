using System.Text.Json;
using LoopBus.Hosting.Git;
using LoopBus.Loops.Json;

namespace LoopBus.Critic.Checks;

/// <summary>notes-exist: the commit has a review note in the repository, and the note contains these texts.</summary>
internal sealed class NotesExistCheck(GitRepositories repositories) : ICheck
{
    public string Kind => "notes-exist";

    public async Task<Finding> Evaluate(Question question, CancellationToken cancellationToken)
    {
        var commit = question.Text("commit");
        var texts = question.Find("contains") switch
        {
            null => [],
            { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Select(Text).ToList(),
            { } one => [Text(one)],
        };
        string? note = null;

        await GroundedInGit.Do(async () => note = await repositories.Open(question.Text("repository")).Notes.Read(commit, cancellationToken));

        if (note is null)
            return new Finding(false, $"{commit} has no note under {GitNotes.Ref}.");

        return Finding.Of(
            texts.Where(text => !note.Contains(text, StringComparison.Ordinal)).Select(text => $"the note of {commit} does not contain {Shown.Of(text)}").ToList(),
            $"{commit} has its note under {GitNotes.Ref}.");
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : CanonicalJson.Of(value);
}
