using System.Collections;
using System.Text;

namespace LoopBus.Hosting.Failures;

/// <summary>How large a message's headers are, about, and a smaller copy of them.</summary>
internal static class HeaderSize
{
    private const int MostKept = 50;
    private const int LongestKept = 200;

    /// <summary>The bytes of names and texts; of anything else eight.</summary>
    public static int Of(IDictionary<string, object?> headers, int most)
    {
        var size = 0;
        foreach (var (name, value) in headers)
            if ((size += name.Length + Value(value, most - size)) > most)
                break;
        return size;
    }

    /// <summary>What still says who sent it and why: the first headers, and of long ones the beginning.</summary>
    public static Dictionary<string, object?> Cut(IDictionary<string, object?> headers)
    {
        var cut = new Dictionary<string, object?>();
        foreach (var (name, value) in headers.Take(MostKept))
            cut[name] = value switch
            {
                byte[] bytes => Encoding.UTF8.GetString(bytes, 0, Math.Min(bytes.Length, LongestKept)),
                string text => text[..Math.Min(text.Length, LongestKept)],
                IDictionary or IList => "cut",
                _ => value,
            };
        return cut;
    }

    private static int Value(object? value, int most) => value switch
    {
        _ when most <= 0 => 0,
        byte[] bytes => bytes.Length,
        string text => text.Length,
        IDictionary<string, object?> table => Of(table, most),
        IList list => list.Cast<object?>().TakeWhile((_, i) => i <= most).Sum(item => 1 + Value(item, most)),
        _ => 8,
    };
}
