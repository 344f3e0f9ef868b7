using System.Security.Cryptography;

namespace LoopBus.Hosting.Grants;

internal static class Keys
{
    private const int IdLength = 16;

    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>Names a key by its public half.</summary>
    public static string IdOf(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..IdLength];

    /// <summary>Each key of a text that holds one PEM after the other.</summary>
    public static List<ECDsa> ReadAll(string pem, string setting)
    {
        const string End = "-----END PUBLIC KEY-----";
        var texts = pem.Split(End, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(text => text.Trim('\\', 'n').Length > 0).ToList();
        return texts.Count < 2 ? [Read(pem, setting, toSign: false)] : texts.ConvertAll(text => Read(text.TrimStart('\\', 'n') + "\n" + End, setting, toSign: false));
    }

    public static ECDsa Read(string pem, string setting, bool toSign)
    {
        if (string.IsNullOrWhiteSpace(pem))
            throw new ArgumentException($"{setting} is empty. Set it to a PEM of an ECDSA P-256 key.", nameof(pem));

        var key = ECDsa.Create();
        try
        {
            // Environment files keep a PEM on one line, with \n between its lines.
            key.ImportFromPem(pem.Replace("\\n", "\n", StringComparison.Ordinal));
            // A public key cannot export its private half: that throws.
            if (key.ExportParameters(toSign).Curve.Oid.Value == P256)
                return key;
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new ArgumentException($"{setting} is no PEM of an ECDSA P-256 key: {problem.Message}", nameof(pem), problem);
        }

        key.Dispose();
        throw new ArgumentException($"{setting} is a key of another curve. Set it to a PEM of an ECDSA P-256 key.", nameof(pem));
    }
}
