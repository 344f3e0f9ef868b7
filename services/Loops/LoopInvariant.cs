using System.Text.Json;

namespace LoopBus.Loops;

/// <summary>What must hold after each observation of a run, and what is done where it does not.</summary>
/// <param name="Kind">One of <see cref="InvariantKinds"/>.</param>
/// <param name="Parameters">Of that kind, by name.</param>
/// <param name="Remedy">One of <see cref="Remedies"/>.</param>
public sealed record LoopInvariant(string Name, string Kind, JsonElement Parameters, string Remedy);
