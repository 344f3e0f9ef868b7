namespace LoopBus.Loops.Memory;

/// <summary>Texts without regard to how they are spaced.</summary>
public static class Blanks
{
    /// <summary>The text with one blank where there were several, of whatever kind, and none around it.</summary>
    public static string Normal(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
