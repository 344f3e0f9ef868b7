using System.Text.Json.Serialization;

namespace LoopBus.Coordinator.Runs;

/// <summary>Someone who asked for a run or follows it: a typed address, or an AMQP queue that takes plain JSON.</summary>
internal sealed record Listener(Uri? Address, string? Queue, string? CorrelationId, Guid? ConversationId, string? Protocol)
{
    [JsonIgnore]
    public bool IsSomeone => Address is not null || Queue is not null;
}
