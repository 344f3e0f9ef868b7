using Microsoft.Extensions.Options;

namespace LoopBus.Hosting.Git;

/// <summary>Opens repositories, and only those whose real path lies inside LoopBus:Git:Roots.</summary>
public sealed class GitRepositories(IOptions<GitOptions> options, TimeProvider time)
{
    /// <exception cref="GitException">repository-not-allowed or repository-not-found.</exception>
    public GitRepository Open(string path)
    {
        try
        {
            var directory = new GitFolder([.. options.Value.Roots]).Find(path);
            return new(new(options.Value, directory, time), options.Value, path, time);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new GitException(
                "repository-not-found",
                $"The repository '{path}' cannot be read: {unreadable.Message}",
                inner: unreadable
            );
        }
    }
}
