using LoopBus.Loops.Json;

namespace LoopBus.Loops;

/// <summary>Names one effect, the same at each attempt: never made of time.</summary>
public static class IdempotencyKey
{
    /// <returns>The first 32 hexadecimal digits of sha256("taskId:stepId:actionType"); step ids and action types hold no colon.</returns>
    public static string For(string taskId, string stepId, string actionType) => CanonicalJson.Hash($"{taskId}:{stepId}:{actionType}")[..32];
}
