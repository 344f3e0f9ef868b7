using System.Text.Json;

namespace LoopBus.Contracts.Compensation;

/// <summary>The executor tells the coordinator that an effect is taken back (inform).</summary>
public sealed record StepCompensated(string TaskId, string StepId, int Attempt, JsonElement Output);
