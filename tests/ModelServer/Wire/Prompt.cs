using LoopBus.ModelServer.Calls;

namespace LoopBus.ModelServer.Wire;

/// <summary>What a client asks, whichever API it speaks.</summary>
internal sealed record Prompt
{
    public string? Model { get; init; }

    public bool IsChat { get; init; } = true;

    public bool Stream { get; init; }

    public IReadOnlyList<Message> Messages { get; init; } = [];

    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>The text of the last message.</summary>
    public string Last => Messages.Count > 0 ? Messages[^1].Text : "";

    public long Characters => Messages.Sum(message => (long)message.Text.Length);
}
