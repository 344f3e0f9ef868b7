using System.Globalization;

namespace LoopBus.Loops.Scheduling;

/// <summary>One field of a schedule: the numbers that it has.</summary>
internal sealed class CronField
{
    private readonly bool[] chosen;

    private CronField(bool[] has, bool isAll) => (chosen, IsAll) = (has, isAll);

    /// <summary>Whether it restricts nothing: it begins with a star.</summary>
    public bool IsAll { get; }

    public IEnumerable<int> Values => chosen.Index().Where(each => each.Item).Select(each => each.Index);

    public bool Has(int value) => chosen[value];

    /// <exception cref="FormatException">The text is no such field.</exception>
    public static CronField Parse(string text, string name, int least, int most, params string[] names)
    {
        var has = new bool[most + 1];

        foreach (var part in text.Split(','))
        {
            var (range, step) = part.Split('/') switch
            {
                [var all] => (all, 1),
                [var all, var every] => (all, Number(every, name, 1, most)),
                _ => throw Wrong(part, name),
            };
            var (first, last) = range.Split('-') switch
            {
                ["*"] => (least, most),
                [var one] => (Value(one), part.Contains('/') ? most : Value(one)),
                [var one, var other] => (Value(one), Value(other)),
                _ => throw Wrong(part, name),
            };
            if (first > last)
                throw Wrong(part, name);
            for (var value = first; value <= last; value += step)
                has[value] = true;
        }

        return new CronField(has, text.StartsWith('*'));

        int Value(string word) => Array.FindIndex(names, each => each.Equals(word, StringComparison.OrdinalIgnoreCase)) is var place and >= 0
            ? place + least
            : Number(word, name, least, most);
    }

    private static int Number(string text, string name, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : throw Wrong(text, name);

    private static FormatException Wrong(string text, string name) => new($"'{text}' is no {name} of a schedule.");
}
