using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LoopBus.Hosting.Tests.Tls;

/// <summary>An authority of the test's own, and what it signs, as PEM files in a folder.</summary>
internal sealed class Certificates : IDisposable
{
    private static readonly DateTimeOffset From = TimeProvider.System.GetUtcNow().AddDays(-1);
    private readonly X509Certificate2 authority;
    private readonly string folder;

    public Certificates(string folder, string name)
    {
        this.folder = Directory.CreateDirectory(folder).FullName;
        var request = new CertificateRequest($"CN={name}", ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        authority = request.CreateSelfSigned(From, From.AddYears(1));
        File.WriteAllText(PathOf("ca.pem"), authority.ExportCertificatePem());
    }

    public string PathOf(string file) => Path.Combine(folder, file);

    /// <summary>Writes <c>name.pem</c> and <c>name.key</c>, for this DNS name and for 127.0.0.1.</summary>
    public void Sign(string name, string dns)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={dns}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(dns);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        using var signed = request.Create(authority, From, From.AddDays(100), RandomNumberGenerator.GetBytes(16));
        File.WriteAllText(PathOf($"{name}.pem"), signed.ExportCertificatePem());
        File.WriteAllText(PathOf($"{name}.key"), key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose() => authority.Dispose();
}
