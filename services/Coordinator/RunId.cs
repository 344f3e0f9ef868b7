using System.Security.Cryptography;
using System.Text;

namespace LoopBus.Coordinator;

/// <summary>Identifiers derived from a task's id, so that the same task is the same run on every machine, and a repeated request the same conversation.</summary>
internal static class RunId
{
    public static Guid Of(string taskId) => From($"run\n{taskId}");

    public static Guid Conversation(string taskId, string topic, string subject, int attempt) =>
        From($"conversation\n{taskId}\n{topic}\n{subject}\n{attempt}");

    /// <returns>A number in [0, 1) that is the same each time for the same attempt: jitter without randomness in the saga.</returns>
    public static double Jitter(string taskId, string stepId, int attempt) =>
        BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{taskId}\n{stepId}\n{attempt}"))) / (uint.MaxValue + 1.0);

    private static Guid From(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16), bigEndian: true);
}
