using System.Text.Json;
using LoopBus.Loops.Json;

namespace LoopBus.Loops;

/// <summary>Names one exact action: what people approve, and what a grant is signed over.</summary>
public static class ActionHash
{
    /// <returns>The sha256, in hexadecimal, of the canonical JSON of [taskId, stepId, tool, arguments].</returns>
    public static string Of(string taskId, string stepId, string tool, JsonElement arguments) =>
        CanonicalJson.Hash(JsonSerializer.SerializeToElement(new object[] { taskId, stepId, tool, arguments }));
}
