using System.Security.Cryptography;
using LoopBus.Contracts.Approval;
using LoopBus.Hosting.Grants;

namespace LoopBus.Hosting;

/// <summary>Signs what people decided, with approval's private ECDSA P-256 key (<c>LoopBus:Grants:SigningKey</c>, PEM).</summary>
public sealed class GrantSigner : IDisposable
{
    private readonly ECDsa _key;
    private readonly string _id;

    /// <exception cref="ArgumentException">The text is no PEM of a private P-256 key.</exception>
    public GrantSigner(string privateKeyPem)
    {
        _key = Keys.Read(privateKeyPem, "LoopBus:Grants:SigningKey", toSign: true);
        _id = Keys.IdOf(_key);
    }

    /// <summary>The public half as PEM, for <c>LoopBus:Grants:PublicKey</c> of those that verify.</summary>
    public string PublicKey => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>The same grant with its signature.</summary>
    public Grant Sign(Grant grant) => grant with { Signature = Sign(SignedText.Of(grant)) };

    /// <summary>The same ruling with its signature.</summary>
    public Ruling Sign(Ruling ruling) => ruling with { Signature = Sign(SignedText.Of(ruling)) };

    public void Dispose() => _key.Dispose();

    private string Sign(byte[] text)
    {
        // A key handle is not safe for several threads at once.
        lock (_key)
            return $"{_id}.{Convert.ToBase64String(_key.SignData(text, HashAlgorithmName.SHA256))}";
    }
}
