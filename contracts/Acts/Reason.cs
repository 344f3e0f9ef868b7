using System.Text.Json.Serialization;

namespace LoopBus.Contracts.Acts;

/// <summary>Why an act was refused, rejected, failed or not understood: a stable <paramref name="Code"/> (kebab-case) for machines, a sentence for people; where it passes by itself, when to try again.</summary>
public sealed record Reason(
    string Code, string Text, bool Retryable = false, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? RetryAfterSeconds = null)
{
    /// <summary>The sentence. It quotes what others said, and is kept: without what a database's text does not know.</summary>
    public string Text { get; init; } = StorableText.Of(Text);
}
