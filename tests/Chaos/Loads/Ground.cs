using LoopBus.Testing.Processes;

namespace LoopBus.Chaos.Loads;

/// <summary>A git repository of few commits, on whose notes many runs write at the same time.</summary>
internal sealed record Ground(string Repository, IReadOnlyList<string> Commits)
{
    private const int Size = 3;
    private const string Notes = "refs/notes/loopbus-review";

    public static async Task<Ground> Make(string folder)
    {
        await Shell.Run("git", "init", "--quiet", "--initial-branch=main", folder);
        var commits = new List<string>();
        for (var number = 0; number < Size; number++)
        {
            await Shell.Run("git", "-C", folder, "-c", "user.name=chaos", "-c", "user.email=chaos@example.org", "commit", "--quiet", "--allow-empty", "--message", $"{number}");
            commits.Add((await Shell.Run("git", "-C", folder, "rev-parse", "HEAD")).Trim());
        }

        return new Ground(folder, commits);
    }

    /// <summary>All notes as they are now, in one text.</summary>
    public async Task<string> Text()
    {
        var annotated = await Shell.Run("git", "-C", Repository, "notes", "--ref", Notes, "list");
        var text = "";
        foreach (var commit in Commits.Where(commit => annotated.Contains(commit, StringComparison.Ordinal)))
            text += await Shell.Run("git", "-C", Repository, "notes", "--ref", Notes, "show", commit);
        return text;
    }
}
