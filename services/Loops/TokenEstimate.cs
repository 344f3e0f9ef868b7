namespace LoopBus.Loops;

/// <summary>How many tokens a text has, without asking the model: few languages and models need more than one for three characters, and an estimate is to be too high rather than too low.</summary>
public static class TokenEstimate
{
    public const int CharactersPerToken = 3;

    public static int Of(long characters) => (int)((characters + CharactersPerToken - 1) / CharactersPerToken);
}
