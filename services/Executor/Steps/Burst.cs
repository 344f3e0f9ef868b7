using System.Text;
using System.Text.Json;

namespace LoopBus.Executor.Steps;

/// <summary>How much one segment does at most before it answers: for so long, and with so much output.</summary>
internal sealed class Burst(TimeProvider time, TimeSpan length, int mostBytes)
{
    private readonly long _began = time.GetTimestamp();
    private int _bytes;

    /// <summary>Whether what is left is better asked for again, so that what was done is known.</summary>
    public bool IsOver => time.GetElapsedTime(_began) > length || _bytes > mostBytes;

    public void Brought(JsonElement output) => _bytes += Encoding.UTF8.GetByteCount(output.GetRawText());
}
