using System.Text;

namespace LoopBus.Testing.Fuzz;

/// <summary>Bytes that nobody sends on purpose: noise, deep nesting, and good messages with something flipped, cut, doubled or exchanged. The same seed gives the same again.</summary>
public sealed class Mutations(int seed, params IReadOnlyList<byte[]> good)
{
    // What parsers trip over: ends and beginnings, numbers past all limits, halves of characters.
    private static readonly byte[][] Tokens =
    [
        .. "{ } [ ] : , \" \\ null true -0 1e999 99999999999999999999 0.1e-99999 \\u0000 \\ud800 \u0000 \ufeff - & * ! | > %YAML ... --- # <!-- ../ \u202e"
            .Split(' ').Select(Encoding.UTF8.GetBytes),
        [0xff, 0xfe], [0xc3], [0xed, 0xa0, 0x80], [0xf0, 0x9f], [0],
    ];

    private readonly Random random = new(seed);

    public byte[] Next() => random.Next(20) switch
    {
        0 => Noise(),
        1 => Nested(),
        _ => Changed(good[random.Next(good.Count)]),
    };

    private byte[] Noise()
    {
        var bytes = new byte[random.Next(300)];
        random.NextBytes(bytes);
        return bytes;
    }

    private byte[] Nested()
    {
        var depth = random.Next(2000);
        var (open, close) = random.Next(2) == 0 ? ("[", "]") : ("{\"a\":", "}");
        var text = string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, random.Next(2) == 0 ? depth : 0));
        return Encoding.UTF8.GetBytes(text);
    }

    private byte[] Changed(byte[] from)
    {
        var bytes = from.ToList();
        for (var changes = 1 + random.Next(4); changes > 0; changes--)
            Change(bytes);
        return [.. bytes];
    }

    private void Change(List<byte> bytes)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(random.Next(1, 40), bytes.Count - at);
        switch (random.Next(6))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes.RemoveRange(at, length);
                break;
            case 2:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 3:
                bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                break;
            case 4:
                bytes.RemoveRange(at, length);
                bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                break;
            default:
                var other = good[random.Next(good.Count)];
                var from = random.Next(other.Length + 1);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(random.Next(200), other.Length - from)));
                break;
        }
    }
}
