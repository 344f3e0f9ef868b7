namespace LoopBus.Models;

/// <summary>What one endpoint answered, as a desk read it.</summary>
internal sealed record ModelReply(string Model, string Text, string Finish, long InputTokens, long OutputTokens);
