using System.Text.Json.Serialization;

namespace LoopBus.Coordinator.Runs;

/// <summary>Where a planned step stands, all its items together.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PlannedStatus>))]
internal enum PlannedStatus
{
    Executing,
    Critiquing,
    Done,
    GivenUp,
}
