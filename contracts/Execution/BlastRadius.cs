using System.Text.Json.Serialization;

namespace LoopBus.Contracts.Execution;

/// <summary>How much a tool can harm when it is used wrongly.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BlastRadius>))]
public enum BlastRadius
{
    None,
    Low,
    Medium,
    High,
    VeryHigh,
}
