using System.Security.Cryptography;

namespace LoopBus.Approval.Operators;

/// <summary>Passwords of 100 random bits, in letters and digits that are not taken for one another.</summary>
internal static class OneTimePassword
{
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    public static string Make() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Alphabet, 5)));
}
