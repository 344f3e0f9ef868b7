using System.Text;

namespace LoopBus.Critic.Checks;

/// <summary>Whether a check holds, and the sentence that says by what.</summary>
internal sealed record Finding(bool Holds, string Text)
{
    private const int Shown = 5;

    /// <summary>Holds where nothing is wrong; else tells the first few of what is.</summary>
    public static Finding Of(IReadOnlyList<string> wrong, string right)
    {
        if (wrong.Count == 0)
            return new Finding(true, right);

        var text = new StringBuilder().AppendJoin("; ", wrong.Take(Shown));
        if (wrong.Count > Shown)
            text.Append($"; and {wrong.Count - Shown} more");

        return new Finding(false, text.Append('.').ToString());
    }
}
