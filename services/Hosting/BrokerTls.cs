namespace LoopBus.Hosting;

/// <summary>How a service speaks TLS with the broker (<c>LoopBus:Broker:Tls</c>); files are PEM.</summary>
public sealed class BrokerTls
{
    public bool Enabled { get; set; }

    /// <summary>The authorities that may have signed the broker's certificate, and no others; the system's where it is not set.</summary>
    public string CaFile { get; set; } = "";

    /// <summary>The name that the broker's certificate must be for; the host that is connected to where it is not set.</summary>
    public string ServerName { get; set; } = "";

    /// <summary>This service's own certificate, where the broker asks for one.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>The private key of that certificate, where it is not in the same file.</summary>
    public string KeyFile { get; set; } = "";
}
