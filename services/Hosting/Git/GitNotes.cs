using System.Text;

namespace LoopBus.Hosting.Git;

/// <summary>The review notes of a repository. A change is one commit that git refuses when another came between: nobody's note is lost.</summary>
public sealed class GitNotes
{
    public const string Ref = "refs/notes/loopbus-review";

    private const int Attempts = 8;
    private readonly GitProcess _git;
    private readonly GitRepository _repository;
    private readonly TimeProvider _time;

    internal GitNotes(GitProcess git, GitRepository repository, TimeProvider time) => (_git, _repository, _time) = (git, repository, time);

    /// <summary>The note of a commit, or null.</summary>
    public async Task<string?> Read(string commit, CancellationToken cancellationToken = default)
    {
        var shown = await _git.Run(cancellationToken, "notes", $"--ref={Ref}", "show", Revision.CheckId(commit));
        return shown.Ok ? shown.Text
            : shown.Error.Contains("no note found", StringComparison.OrdinalIgnoreCase) ? null
            : throw new GitException("git-failed", $"git could not read the note of {commit}: {shown.Error}");
    }

    /// <summary>Writes what edit makes of the commit's note (null in or out: no note), again from the start when another writer came between.</summary>
    /// <returns>The note as it is now.</returns>
    public async Task<string?> Edit(
        string commit,
        string reason,
        Func<string?, string?> edit,
        CancellationToken cancellationToken = default
    )
    {
        var id = await _repository.Commit(Revision.CheckId(commit), cancellationToken);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var tip = await Tip(cancellationToken);
            var old = await Read(id, cancellationToken);
            var made = edit(old);
            if (made == old)
                return old;

            var written = await _git.Run(["fast-import", "--quiet", "--done"], Import(tip, id, reason, made), 64 * 1024, cancellationToken);
            if (written.Ok)
                return made;
            if (written.Error.Contains(".lock'", StringComparison.Ordinal))
                throw new GitException(
                    "note-locked",
                    $"Another git process holds the notes of '{_repository.Path}', or died over them; where none runs, remove the lock: {written.Error}",
                    retryable: true
                );
            if (await Tip(cancellationToken) == tip)
                written.OrThrow("write the note");
        }

        throw new GitException("note-conflict", $"Others kept writing notes in '{_repository.Path}'; try again.", retryable: true);
    }

    private async Task<string?> Tip(CancellationToken cancellationToken)
    {
        var tip = await _git.Run(cancellationToken, "rev-parse", "--verify", "--quiet", "--end-of-options", Ref);
        return tip.Ok ? tip.Line : null;
    }

    // fast-import moves the ref only where the new commit holds the ref's present tip; `git notes append` would overwrite it.
    private byte[] Import(string? tip, string id, string reason, string? note)
    {
        var stream = new StringBuilder()
            .Append($"commit {Ref}\n")
            .Append($"committer LoopBus <loopbus@localhost> {_time.GetUtcNow().ToUnixTimeSeconds()} +0000\n")
            .Append(Data(reason));
        if (tip is not null)
            stream.Append($"from {tip}\n");
        stream.Append(note is null ? $"N {new string('0', id.Length)} {id}\n" : $"N inline {id}\n{Data(note)}");
        return Encoding.UTF8.GetBytes(stream.Append("done\n").ToString());
    }

    private static string Data(string text) => $"data {Encoding.UTF8.GetByteCount(text)}\n{text}\n";
}
