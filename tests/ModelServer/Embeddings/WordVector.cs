using System.Text;

namespace LoopBus.ModelServer.Embeddings;

/// <summary>
/// A vector of length 1 that hangs on the words of a text alone: each word is hashed to a place (the "hashing trick"), so that texts with the same words are near.
/// </summary>
internal static class WordVector
{
    public const int Dimensions = 256;

    public static float[] Of(string text, int dimensions = Dimensions)
    {
        var vector = new float[dimensions];
        foreach (var word in Words(text))
            vector[Hash(word) % (uint)dimensions]++;
        var length = MathF.Sqrt(vector.Sum(value => value * value));
        if (length == 0)
        {
            // a text without words is near to its like, and to nothing else
            vector[0] = 1;
            return vector;
        }

        for (var place = 0; place < vector.Length; place++)
            vector[place] /= length;
        return vector;
    }

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var character in text)
        {
            if (char.IsLetterOrDigit(character))
            {
                word.Append(char.ToLowerInvariant(character));
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
            yield return word.ToString();
    }

    // FNV-1a: the same in every process, as string.GetHashCode is not
    private static uint Hash(string word)
    {
        var hash = 2166136261u;
        foreach (var part in Encoding.UTF8.GetBytes(word))
            hash = unchecked((hash ^ part) * 16777619u);
        return hash;
    }
}
