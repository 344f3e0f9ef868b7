using System.Text.Json;

namespace LoopBus.Contracts.Planning;

/// <summary>One check of a result: its kind, which the critic knows, and that kind's parameters.</summary>
public sealed record Check(string Kind, JsonElement Parameters);
