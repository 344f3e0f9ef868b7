namespace LoopBus.Approval.Questions;

/// <summary>What the asker's message said of its conversation, kept because the answer goes out much later.</summary>
internal sealed record Conversation(string? Protocol, string? ReplyWith, string? Asker);
