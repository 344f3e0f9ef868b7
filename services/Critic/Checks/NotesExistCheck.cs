using LoopBus.Hosting.Git;

namespace LoopBus.Critic.Checks;

/// <summary>notes-exist: the commit has a review note in the repository, and the note contains these texts.</summary>
internal sealed class NotesExistCheck(GitRepositories repositories) : ICheck
{
    public string Kind => "notes-exist";

    public async Task<Finding> Evaluate(Question question, CancellationToken cancellationToken)
    {
        var commit = question.Text("commit");
        var texts = question.Texts("contains");
        string? note = null;

        await Grounded.InGit(async () => note = await repositories.Open(question.Text("repository")).Notes.Read(commit, cancellationToken));

        if (note is null)
            return new Finding(false, $"{commit} has no note under {GitNotes.Ref}.");

        return Finding.Of(
            texts.Where(text => !note.Contains(text, StringComparison.Ordinal)).Select(text => $"the note of {commit} does not contain {Shown.Of(text)}").ToList(),
            $"{commit} has its note under {GitNotes.Ref}.");
    }
}
