using System.Diagnostics;
using LoopBus.Testing;

namespace LoopBus.Standards.Tests;

/// <summary>The files of the tree as a reader gets it: what git tracks, or where there is no git everything but build output.</summary>
internal static class Sources
{
    private static readonly string[] Untracked = [".git", ".local", "artifacts", "bin", "obj", "TestResults"];

    /// <summary>Paths from the root, with forward slashes.</summary>
    public static IReadOnlyList<string> All { get; } = Tracked() ?? Found();

    public static IEnumerable<string> CSharp =>
        All.Where(path => path.EndsWith(".cs", StringComparison.Ordinal) && !path.Contains("/Migrations/", StringComparison.Ordinal));

    public static string Read(string path) => File.ReadAllText(Repository.PathOf(path));

    public static bool IsText(string path) => !File.ReadAllBytes(Repository.PathOf(path)).AsSpan().Contains((byte)0);

    /// <summary>Fails with one line for each violation, after the reason for the rule.</summary>
    public static void Agree(IEnumerable<string> violations, string reason)
    {
        var lines = violations.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (lines.Length > 0)
            Assert.Fail($"{reason}\n{string.Join('\n', lines)}");
    }

    private static string[]? Tracked()
    {
        // new files count before they are committed: a developer hears of them in time
        var git = new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(git)!;
            var errors = process.StandardError.ReadToEndAsync();
            var listed = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 && errors.Result.Length == 0
                ? [.. listed.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(path => File.Exists(Repository.PathOf(path)))]
                : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string[] Found() =>
    [
        .. Directory.EnumerateFiles(Repository.Root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Intersect(Untracked, StringComparer.Ordinal).Any()),
    ];
}
