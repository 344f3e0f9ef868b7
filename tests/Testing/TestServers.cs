using System.Diagnostics;

namespace LoopBus.Testing;

/// <summary>
/// The broker and the database that tests use: those named by LOOPBUS_TEST_BROKER and LOOPBUS_TEST_DATABASE, else a pair that
/// infra/servers.sh starts under .local/test-servers, shared by all test processes and stopped by the last one to leave.
/// </summary>
internal static class TestServers
{
    private static readonly Lazy<ServerAddresses> Instance = new(Find, LazyThreadSafetyMode.ExecutionAndPublication);

    public static ServerAddresses Addresses => Instance.Value;

    private static ServerAddresses Find()
    {
        var broker = Environment.GetEnvironmentVariable("LOOPBUS_TEST_BROKER");
        var management = Environment.GetEnvironmentVariable("LOOPBUS_TEST_BROKER_MANAGEMENT");
        var database = Environment.GetEnvironmentVariable("LOOPBUS_TEST_DATABASE");
        if (!string.IsNullOrEmpty(broker) && !string.IsNullOrEmpty(management) && !string.IsNullOrEmpty(database))
            return new ServerAddresses(new Uri(broker), new Uri(management), new Uri(database));
        return Start(Repository.PathOf(".local", "test-servers"));
    }

    private static ServerAddresses Start(string directory)
    {
        var users = Directory.CreateDirectory(Path.Combine(directory, "users")).FullName;
        using (Locked(directory))
        {
            var mine = Path.Combine(users, Environment.ProcessId.ToString());
            File.WriteAllText(mine, "");
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Leave(directory, users, mine);
            Servers("start", directory, wait: true);
        }

        var values = File.ReadLines(Path.Combine(directory, "servers.env"))
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim('\''));
        return new ServerAddresses(
            new Uri(values["LOOPBUS_TEST_BROKER"]),
            new Uri(values["LOOPBUS_TEST_BROKER_MANAGEMENT"]),
            new Uri(values["LOOPBUS_TEST_DATABASE"]));
    }

    // The test runner kills a host that takes long to leave: the script stops the servers after us.
    private static void Leave(string directory, string users, string mine)
    {
        using (Locked(directory))
        {
            File.Delete(mine);
            var others = Directory.EnumerateFiles(users).Any(file => Directory.Exists($"/proc/{Path.GetFileName(file)}"));
            if (!others)
                Servers("stop", directory, wait: false);
        }
    }

    private static FileStream Locked(string directory)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(directory, "users.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (patience.Elapsed < TimeSpan.FromMinutes(5))
            {
                Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System).Wait();
            }
        }
    }

    private static void Servers(string verb, string directory, bool wait)
    {
        var start = new ProcessStartInfo("setsid", ["--wait", Repository.PathOf("infra", "servers.sh"), verb, directory])
        {
            RedirectStandardError = wait,
            RedirectStandardOutput = wait,
        };
        using var process = Process.Start(start)!;
        if (!wait)
            return;
        var said = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"infra/servers.sh {verb} {directory} failed: {errors}{said.Result}");
    }
}
