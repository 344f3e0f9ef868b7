using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RabbitMQ.Client;

namespace LoopBus.Hosting.Connecting;

/// <summary>Which certificates of the broker a service believes, and the one that it shows itself.</summary>
internal sealed class BrokerTrust
{
    private readonly BrokerTls tls;
    private readonly X509Certificate2Collection? authorities;
    private readonly X509Certificate2Collection? own;

    /// <exception cref="InvalidOperationException">A file cannot be read.</exception>
    public BrokerTrust(BrokerTls tls)
    {
        this.tls = tls;
        if (tls.CaFile.Length > 0)
            authorities = Read(nameof(tls.CaFile), tls.CaFile, ReadAll);
        if (tls.CertificateFile.Length > 0)
            own = Read(nameof(tls.CertificateFile), tls.CertificateFile, file => [X509Certificate2.CreateFromPemFile(file, tls.KeyFile.Length > 0 ? tls.KeyFile : null)]);
    }

    public SslOption For(string host) => new()
    {
        Enabled = true,
        ServerName = tls.ServerName.Length > 0 ? tls.ServerName : host,
        Version = SslProtocols.None, // what the system takes for safe
        Certs = own,
        CertificateValidationCallback = Believes,
    };

    // A refusal says why: false alone would leave it to the reader of the log to guess.
    private bool Believes(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
            throw new AuthenticationException("The broker showed no certificate.");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            throw new AuthenticationException($"The broker's certificate is {certificate.Subject}, which is not the name that was connected to. Set {BrokerOptions.Section}:Tls:ServerName to a name in it.");
        if (authorities is null)
            return errors == SslPolicyErrors.None ? true : throw new AuthenticationException($"The broker's certificate {certificate.Subject} is signed by nobody whom this system trusts ({Why(chain)}). Set {BrokerOptions.Section}:Tls:CaFile.");

        using var path = new X509Chain();
        path.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        path.ChainPolicy.CustomTrustStore.AddRange(authorities);
        path.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in chain?.ChainElements.Skip(1) ?? [])
            path.ChainPolicy.ExtraStore.Add(element.Certificate);
        using var shown = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return path.Build(shown)
            ? true
            : throw new AuthenticationException($"The broker's certificate {certificate.Subject} is not signed by {tls.CaFile} ({BrokerOptions.Section}:Tls:CaFile): {Why(path)}.");
    }

    private static string Why(X509Chain? chain) =>
        string.Join(", ", (chain?.ChainStatus ?? []).Select(status => status.StatusInformation.Trim().TrimEnd('.')));

    private static X509Certificate2Collection ReadAll(string file)
    {
        var read = new X509Certificate2Collection();
        read.ImportFromPemFile(file);
        return read.Count > 0 ? read : throw new CryptographicException("it holds no certificate");
    }

    private static X509Certificate2Collection Read(string key, string file, Func<string, X509Certificate2Collection> read)
    {
        try
        {
            return read(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new InvalidOperationException($"{BrokerOptions.Section}:Tls:{key} is {file}, which cannot be read as PEM: {problem.Message}", problem);
        }
    }
}
