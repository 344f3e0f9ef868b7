namespace LoopBus.Models;

/// <summary>One message of a prompt; Speaker is <c>system</c>, <c>user</c> or <c>assistant</c>.</summary>
public sealed record ModelMessage(string Speaker, string Text)
{
    public static ModelMessage System(string text) => new("system", text);

    public static ModelMessage User(string text) => new("user", text);

    public static ModelMessage Assistant(string text) => new("assistant", text);
}
