using LoopBus.Hosting.Git;
using LoopBus.Testing.Git;
using Microsoft.Extensions.Options;

namespace LoopBus.Hosting.Tests.Git;

public sealed class GitContext : IDisposable
{
    public ScratchRepository Scratch { get; } = new();

    public GitRepository Repository => Open(Scratch.Folder);

    public GitRepository Open(string path, GitOptions? options = null) =>
        new GitRepositories(Options.Create(options ?? new GitOptions { Roots = [Scratch.Root] }), TimeProvider.System).Open(path);

    public async Task<ChangedFile> OnlyChange(string range = "HEAD") =>
        (await Repository.ChangedFiles(await Repository.Resolve(range))).ShouldHaveSingleItem();

    public void Dispose() => Scratch.Dispose();
}
