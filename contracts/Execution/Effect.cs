using System.Text.Json.Serialization;

namespace LoopBus.Contracts.Execution;

/// <summary>What a tool does to the world, from the least to the most binding.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Effect>))]
public enum Effect
{
    None,
    Idempotent,
    Reversible,
    Irreversible,
}
