using System.Security.Cryptography;
using System.Text;

namespace LoopBus.Chaos.Outside;

/// <summary>How a server outside behaves to one call.</summary>
internal enum Mood
{
    Good,
    Late,
    FailAfter,
    CutAfter,
    FailBefore,
    CutBefore,
    Busy,
}

/// <summary>Moods by chance, the same for the same seed, address and number of the call.</summary>
internal static class Moods
{
    public static Mood Of(int seed, string what, int call) => Share(seed, $"{what}:{call}") switch
    {
        < 0.80 => Mood.Good,
        < 0.85 => Mood.Late,
        < 0.88 => Mood.FailAfter,
        < 0.91 => Mood.CutAfter,
        < 0.94 => Mood.FailBefore,
        < 0.97 => Mood.CutBefore,
        _ => Mood.Busy,
    };

    /// <summary>A number from 0 to 1 that hangs on the seed and the text alone.</summary>
    public static double Share(int seed, string text) =>
        BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}:{text}"))) / (double)uint.MaxValue;
}
