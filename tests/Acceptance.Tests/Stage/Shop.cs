using LoopBus.Testing;

namespace LoopBus.Acceptance.Tests.Stage;

/// <summary>A git repository with changes to review, of this story's own.</summary>
internal sealed class Shop(string path)
{
    private const string Notes = "refs/notes/loopbus-review";

    public string Path => path;

    public static async Task<Shop> Make(LoopBusSystem system, string name)
    {
        var path = System.IO.Path.Combine(system.Repositories, name);
        await Shell.Run(Repository.PathOf("infra", "loops", "code-review", "make-sample.sh"), path);
        return new Shop(path);
    }

    /// <summary>The review's note on a commit, or null where there is none.</summary>
    public async Task<string?> Note(string commit = "HEAD")
    {
        var annotated = await Git("notes", "--ref", Notes, "list");
        var hash = await Commit(commit);
        return annotated.Contains(hash, StringComparison.Ordinal) ? await Git("notes", "--ref", Notes, "show", hash) : null;
    }

    public async Task<string> Commit(string revision = "HEAD") => (await Git("rev-parse", revision)).Trim();

    public async Task<string[]> ChangedFiles() =>
        (await Git("diff", "--name-only", "HEAD~1..HEAD")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private Task<string> Git(params string[] arguments) => Shell.Run("git", ["-C", path, .. arguments]);
}
