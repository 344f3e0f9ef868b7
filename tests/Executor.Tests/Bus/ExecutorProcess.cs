using System.Diagnostics;

namespace LoopBus.Executor.Tests.Bus;

/// <summary>The executor as a process of its own, which can be stopped, and killed.</summary>
internal sealed class ExecutorProcess : IDisposable
{
    private readonly Process _process;

    public ExecutorProcess(IReadOnlyDictionary<string, string?> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "LoopBus.Executor.dll")])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";

        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;

        _process = Process.Start(start)!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Whether it stands still, as after SIGSTOP.</summary>
    public bool IsStopped => File.ReadAllLines($"/proc/{_process.Id}/status").Single(line => line.StartsWith("State:", StringComparison.Ordinal)).Contains("(stopped)", StringComparison.Ordinal);

    public void Continue() => Process.Start("kill", ["-CONT", _process.Id.ToString()]).Dispose();

    /// <summary>As a service manager does it: SIGTERM, and time to end.</summary>
    public async Task Stop()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(45), TimeProvider.System);
        await _process.WaitForExitAsync(deadline.Token);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
