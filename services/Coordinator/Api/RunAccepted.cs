using System.Text.Json.Serialization;

namespace LoopBus.Coordinator.Api;

/// <summary>A trigger that is taken, and where its run can be read.</summary>
/// <param name="Note">What the sender may have overlooked.</param>
internal sealed record RunAccepted(string TaskId, string Location, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note);
