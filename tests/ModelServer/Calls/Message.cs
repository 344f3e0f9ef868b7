namespace LoopBus.ModelServer.Calls;

/// <summary>One message of a conversation as text; calls of tools are written <c>name(arguments)</c>.</summary>
public sealed record Message(string Role, string Text);
