using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace LoopBus.Hosting.Git;

/// <summary>Runs git on one git directory: no shell, no hooks, no pager, no configuration but the repository's own, bounded in bytes and time.</summary>
internal sealed class GitProcess(GitOptions options, string directory, TimeProvider time)
{
    private const string EmptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
    private const int MaxErrorBytes = 16 * 1024;

    // The explicit directory also answers git's question of safe.directory: the roots are our say in whom to trust.
    // No attributes from index or tree: a .gitattributes of the change itself could hide it from the diff.
    private readonly string[] _fixed =
    [
        "--no-pager",
        "--no-replace-objects",
        "--literal-pathspecs",
        "--no-optional-locks",
        $"--git-dir={directory}",
        "-c",
        "core.hooksPath=/dev/null",
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.attributesFile=/dev/null",
        "-c",
        $"attr.tree={EmptyTree}",
        "-c",
        "core.commitGraph=false",
        "-c",
        "core.filesRefLockTimeout=3000",
        "-c",
        "gc.auto=0",
        "-c",
        "maintenance.auto=false",
        "-c",
        "protocol.allow=never",
    ];

    public Task<GitOutput> Run(CancellationToken cancellationToken, params string[] arguments) =>
        Run(arguments, null, options.MaxOutputBytes, cancellationToken);

    public async Task<GitOutput> Run(IReadOnlyList<string> arguments, byte[]? input, int maxBytes, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(options.TimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var process = Start(arguments);
        try
        {
            var written = Write(process, input, either.Token);
            var output = Read(process.StandardOutput.BaseStream, maxBytes, cut: false, either.Token);
            var error = Read(process.StandardError.BaseStream, MaxErrorBytes, cut: true, either.Token);
            // The first failure of the three ends the process, else the others would wait for it.
            await foreach (var ended in Task.WhenEach(written, output, error))
                await ended;
            await process.WaitForExitAsync(either.Token);
            return new(process.ExitCode, await output, Encoding.UTF8.GetString(await error).Trim());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new GitException(
                "timed-out",
                $"git {arguments[0]} took longer than {options.TimeoutSeconds} s in '{directory}'; try again, or raise {GitOptions.Section}:TimeoutSeconds.",
                retryable: true
            );
        }
        catch (InvalidDataException too)
        {
            throw new GitException(
                "too-large",
                $"git {arguments[0]} gave more than {maxBytes} bytes in '{directory}'; name a smaller range, or raise {GitOptions.Section}:MaxOutputBytes or MaxFileBytes.",
                inner: too
            );
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private Process Start(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(options.Executable)
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in _fixed.Concat(arguments))
            start.ArgumentList.Add(argument);
        Environment(start.Environment);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new GitException(
                "git-missing",
                $"'{options.Executable}' cannot be started; install git, or set {GitOptions.Section}:Executable.",
                inner: missing
            );
        }
    }

    // What our own environment says to git (GIT_DIR, GIT_CONFIG_*, GIT_EXTERNAL_DIFF, ...) does not reach it.
    private static void Environment(IDictionary<string, string?> environment)
    {
        environment.TryGetValue("PATH", out var path);
        environment.Clear();
        environment["PATH"] = path;
        environment["LC_ALL"] = "C";
        environment["HOME"] = "/nonexistent";
        environment["GIT_CONFIG_NOSYSTEM"] = "1";
        environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        environment["GIT_ATTR_NOSYSTEM"] = "1";
        environment["GIT_INDEX_FILE"] = "/nonexistent";
        environment["GIT_TERMINAL_PROMPT"] = "0";
        environment["GIT_ALLOW_PROTOCOL"] = "none";
        environment["GIT_NO_LAZY_FETCH"] = "1";
    }

    private static async Task Write(Process process, byte[]? input, CancellationToken cancellationToken)
    {
        try
        {
            if (input is not null)
                await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // git ended before it read everything: its exit code and error text say why.
        }
    }

    private static async Task<byte[]> Read(Stream stream, int maxBytes, bool cut, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        var buffer = new byte[32 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0; )
        {
            var room = Math.Min(read, (int)(maxBytes - all.Length));
            if (room < read && !cut)
                throw new InvalidDataException("Too many bytes.");
            all.Write(buffer, 0, room);
        }

        return all.ToArray();
    }
}
