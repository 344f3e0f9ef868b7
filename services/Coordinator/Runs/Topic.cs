using System.Text.Json.Serialization;

namespace LoopBus.Coordinator.Runs;

/// <summary>What a conversation is about.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Topic>))]
internal enum Topic
{
    Plan,
    Step,
    Segment,
    Gate,
    Critique,
    Compensation,
    Effect,
    Escalation,
}
