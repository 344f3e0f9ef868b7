using System.Text.Json;
using LoopBus.Hosting.Git;

namespace LoopBus.Executor.Tools.Git;

/// <summary>Tells which files a range changes, and which of their lines; past the limit, files are counted and not listed.</summary>
internal sealed class ChangedFilesTool(GitRepositories repositories) : ITool
{
    // A for_each step takes no more items than this, and a step's output no more characters.
    private const int MostFiles = 1000;
    private const int MostCharacters = 150_000;

    public string Name => "git.changed_files";

    public Task<JsonElement> Invoke(ToolCall call, CancellationToken cancellationToken) =>
        Changed(ToolJson.Read<Input>(call), cancellationToken).AsToolFailures();

    private async Task<JsonElement> Changed(Input input, CancellationToken cancellationToken)
    {
        var repository = repositories.Open(input.Repository);
        var range = await repository.Resolve(input.Range, cancellationToken);
        var files = await repository.ChangedFiles(range, cancellationToken);
        var listed = Fitting(files.Take(MostFiles).Select(FileChange.Of)).ToList();
        return ToolJson.Write(new Output(range.Base, range.Head, listed, files.Count - listed.Count));
    }

    private static IEnumerable<FileChange> Fitting(IEnumerable<FileChange> files)
    {
        var room = MostCharacters;
        return files.TakeWhile(file => (room -= ToolJson.Write(file).GetRawText().Length) >= 0);
    }

    private sealed record Input(string Repository, string Range);

    private sealed record Output(string Base, string Head, IReadOnlyList<FileChange> Files, int Omitted);
}
