using System.Text;
using LoopBus.Executor.Tools.Git;
using LoopBus.Executor.Tools.Review.Rules.Api;
using LoopBus.Hosting.Git;

namespace LoopBus.Executor.Tools.Review;

/// <summary>Reads a changed file's texts out of a repository, and those of other files that its types moved to or go on in.</summary>
internal static class ReadChange
{
    private const int MostNames = 50;
    private const int MostElsewhere = 60;

    public static async Task<Change> Of(GitRepository repository, GitRange range, FileChange file, CancellationToken cancellationToken)
    {
        var change = new Change(
            file,
            file.Status is "added" or "copied" ? null : await Text(repository, range.Base, file.OldPath ?? file.Path, cancellationToken),
            file.Status == "deleted" ? null : await Text(repository, range.Head, file.Path, cancellationToken)
        );
        return change with { Elsewhere = await Elsewhere(repository, range.Head, change, cancellationToken) };
    }

    public static async Task<Source?> Text(GitRepository repository, string commit, string path, CancellationToken cancellationToken) =>
        await repository.Show(commit, path, cancellationToken) is { } bytes
            ? new(path, Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF'))
            : null;

    private static async Task<IReadOnlyList<Source>> Elsewhere(
        GitRepository repository,
        string head,
        Change change,
        CancellationToken cancellationToken
    )
    {
        if (change is not { IsCSharp: true, Old: { } old })
            return [];

        var now = change.New is { } text ? ApiSurface.Types(text.CSharp.Root).ToList() : [];
        var sought = ApiSurface
            .Types(old.CSharp.Root)
            .Where(type => type.Partial || !now.Exists(other => other.Full == type.Full && !other.Partial))
            .ToList();
        if (sought.Count == 0)
            return [];

        var paths = await repository.Mentioning(head, [.. sought.Select(type => type.Short).Distinct().Take(MostNames)], cancellationToken);
        var found = new List<Source>();
        foreach (var path in paths.Where(path => path != change.File.Path && Language.Of(path) == Language.CSharp).Take(MostElsewhere))
            if (
                await Text(repository, head, path, cancellationToken) is { } other
                && ApiSurface.Types(other.CSharp.Root).Any(type => sought.Exists(wanted => wanted.Full == type.Full))
            )
                found.Add(other);
        return found;
    }
}
