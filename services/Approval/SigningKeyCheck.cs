using LoopBus.Hosting;

namespace LoopBus.Approval;

/// <summary>Stops a start whose signing key can not sign: not the first acceptance should find out.</summary>
internal sealed class SigningKeyCheck(GrantSigner signer, ILogger<SigningKeyCheck> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        ApprovalLog.Signs(log, signer.PublicKey.ReplaceLineEndings("\\n"));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
