using System.Text;
using System.Text.Json;
using LoopBus.Hosting.Git;

namespace LoopBus.Executor.Tools.Git;

/// <summary>Shows a text file as it is at a commit.</summary>
internal sealed class ShowFileTool(GitRepositories repositories) : ITool
{
    public string Name => "git.show_file";

    public Task<JsonElement> Invoke(ToolCall call, CancellationToken cancellationToken) =>
        Show(ToolJson.Read<Input>(call), cancellationToken).AsToolFailures();

    private async Task<JsonElement> Show(Input input, CancellationToken cancellationToken)
    {
        var repository = repositories.Open(input.Repository);
        var commit = await repository.Commit(input.Commit, cancellationToken);
        var bytes =
            await repository.Show(commit, input.Path, cancellationToken)
            ?? throw new ToolException("file-not-found", $"'{input.Path}' is no file at {commit}; name one that is there.");
        return bytes.Contains((byte)0)
            ? throw new ToolException("file-binary", $"'{input.Path}' is binary at {commit}; only text can be shown.")
            : ToolJson.Write(new Output(input.Path, commit, Encoding.UTF8.GetString(bytes)));
    }

    private sealed record Input(string Repository, string Commit, string Path);

    private sealed record Output(string Path, string Commit, string Text);
}
