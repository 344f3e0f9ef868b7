using System.Net.Sockets;
using System.Runtime;
using System.Text;

/// <summary>
/// Runs inside each measured service before its Main (DOTNET_STARTUP_HOOKS): tells on a socket what only the process itself knows,
/// the bytes that it has allocated and the methods that it has compiled since it began.
/// </summary>
#pragma warning disable CA1050, MA0047 // The runtime looks for a type of this name outside of every namespace.
internal static class StartupHook
#pragma warning restore CA1050, MA0047
{
    public const string Folder = "LOOPBUS_BENCH_PROBES";

    public static string SocketOf(string folder, int process) => Path.Combine(folder, $"{process}.sock");

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Folder) is not { Length: > 0 } folder)
            return;
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(SocketOf(folder, Environment.ProcessId)));
        listener.Listen();
        // A thread of its own: the answer must not wait for the pool that is measured.
        new Thread(() => Answer(listener)) { IsBackground = true, Name = "benchmark probe" }.Start();
    }

    private static void Answer(Socket listener)
    {
        while (true)
        {
            using var asking = listener.Accept();
            asking.Send(Encoding.ASCII.GetBytes($"{GC.GetTotalAllocatedBytes()} {JitInfo.GetCompiledMethodCount()}"));
        }
    }
}
