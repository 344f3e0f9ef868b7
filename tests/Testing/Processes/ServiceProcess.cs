using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace LoopBus.Testing.Processes;

/// <summary>One copy of a service as its own process, started from the build output, that a test may kill and start again.</summary>
public sealed class ServiceProcess(string service, string logFile, IReadOnlyDictionary<string, string?> settings) : IDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(3) };
    private static readonly HashSet<int> Given = [];
    private readonly int port = FreePort();
    private Process? process;

    public string Service => service;

    /// <summary>The id of the process that was started last.</summary>
    public int Id => process!.Id;

    public Uri Url => new($"http://127.0.0.1:{port}");

    public void Start()
    {
        var start = Command();
        start.ArgumentList.Insert(0, "-c");
        start.ArgumentList.Insert(1, $"exec \"$@\" >>'{logFile}' 2>&1");
        start.ArgumentList.Insert(2, service);
        start.ArgumentList.Insert(3, start.FileName);
        // Not sh, which may be one that drops settings whose names are no identifiers.
        start.FileName = "/bin/bash";
        start.RedirectStandardInput = true;
        start.Environment["ASPNETCORE_URLS"] = Url.ToString();
        process = Process.Start(start)!;
        process.StandardInput.Close();
    }

    /// <summary>Runs one of the program's verbs to its end.</summary>
    public Task<string> Verb(params string[] arguments)
    {
        var start = Command();
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        return Shell.End(start);
    }

    public Task UntilReady() => UntilReady(TimeSpan.FromMinutes(3));

    public async Task UntilReady(TimeSpan deadline) =>
        await Eventually.True(
            async () =>
            {
                if (!IsRunning)
                    throw new InvalidOperationException($"it stopped; the end of its log:\n{Tail()}");
                using var answer = await Http.GetAsync(new Uri(Url, "health/ready"));
                return answer.IsSuccessStatusCode;
            },
            deadline,
            $"{service} is ready (log {logFile})");

    /// <summary>kill -9: the process gets no chance to finish anything.</summary>
    public async Task Kill()
    {
        process!.Kill(entireProcessTree: false);
        await process.WaitForExitAsync();
    }

    /// <summary>Sends a signal, such as STOP or CONT, and waits for nothing; a process that is gone gets none.</summary>
    public async Task Signal(string name)
    {
        if (process is { HasExited: false } running)
            await Shell.Run("kill", $"-{name}", $"{running.Id}");
    }

    public bool IsRunning => process is { HasExited: false };

    /// <summary>Whether it stands still, as after SIGSTOP.</summary>
    public bool IsStopped =>
        process is { HasExited: false } && File.ReadLines($"/proc/{process.Id}/status").Any(line => line.StartsWith("State:\tT", StringComparison.Ordinal));

    /// <summary>How many lines of its log have this text; copies that had the same number before it wrote to the same log.</summary>
    public int Logged(string text)
    {
        using var log = new StreamReader(new FileStream(logFile, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite));
        var lines = 0;
        while (log.ReadLine() is { } line)
            lines += line.Contains(text, StringComparison.Ordinal) ? 1 : 0;
        return lines;
    }

    /// <summary>Waits until the process has ended by itself.</summary>
    public async Task UntilDead(TimeSpan deadline)
    {
        using var timeout = new CancellationTokenSource(deadline);
        await UntilDead(timeout.Token);
    }

    /// <inheritdoc cref="UntilDead(TimeSpan)"/>
    public Task UntilDead(CancellationToken cancellationToken) => process!.WaitForExitAsync(cancellationToken);

    public void Dispose()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            process.WaitForExit();
        }

        process?.Dispose();
        process = null;
    }

    private ProcessStartInfo Command()
    {
        // artifacts/bin/<project>/<configuration>: the services were built in the same way as this program
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Name;
        var folder = Repository.PathOf("artifacts", "bin", service, configuration);
        var start = new ProcessStartInfo("dotnet", [$"{folder}/LoopBus.{service}.dll"])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("LoopBus", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        foreach (var (name, value) in settings)
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        return start;
    }

    private string Tail() => File.Exists(logFile) ? string.Join('\n', File.ReadLines(logFile).TakeLast(15)) : "(no log)";

    // Below the range from which the kernel hands out ports to clients, and apart from those of infra/servers.sh: no one else takes it before Kestrel does.
    private static int FreePort()
    {
        while (true)
        {
            var candidate = Random.Shared.Next(10_000, 20_000);
            lock (Given)
            {
                if (Given.Contains(candidate) || !IsFree(candidate))
                    continue;
                Given.Add(candidate);
                return candidate;
            }
        }
    }

    private static bool IsFree(int candidate)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, candidate);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
