using System.Text.Json.Serialization;

namespace LoopBus.Contracts.Critique;

/// <summary>What one check found.</summary>
/// <param name="Abstained">The judge could not tell, and the loop says what that counts as.</param>
/// <param name="Unasked">It was not looked at, for a check before it does not hold.</param>
public sealed record Evidence(
    string Check,
    bool Holds,
    string Text,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Abstained = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Unasked = false);
