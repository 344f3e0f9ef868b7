namespace LoopBus.ModelServer.Scripts;

/// <summary>Tokens of a call: read and written.</summary>
public sealed record Usage(int Input, int Output)
{
    /// <summary>A count that is the same for the same text: a token for four characters begun.</summary>
    public static int Of(long characters) => (int)((characters + 3) / 4);
}
