namespace LoopBus.Executor.Tests.Bus;

/// <summary>What really happened in the world, kept in a file outside of every executor.</summary>
internal sealed class Journal : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly Lock _gate = new();

    public void Called(string key) => Append($"called {key}");

    public void Write(string key) => Append($"effect {key}");

    public int Calls(string key) => Count($"called {key}");

    public int Effects(string key) => Count($"effect {key}");

    public void Dispose() => File.Delete(_file);

    private void Append(string line)
    {
        lock (_gate)
            File.AppendAllText(_file, line + "\n");
    }

    private int Count(string line)
    {
        lock (_gate)
            return File.ReadLines(_file).Count(written => written == line);
    }
}
