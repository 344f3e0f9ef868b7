using System.Security.Cryptography;
using LoopBus.Contracts.Approval;
using LoopBus.Hosting.Grants;

namespace LoopBus.Hosting;

/// <summary>Verifies grants and rulings with approval's public key (<c>LoopBus:Grants:PublicKey</c>, PEM): a forged or stale one does nothing.</summary>
public sealed class GrantVerifier : IDisposable
{
    private readonly ECDsa _key;

    /// <exception cref="ArgumentException">The text is no PEM of a P-256 key.</exception>
    public GrantVerifier(string publicKeyPem) => _key = Keys.Read(publicKeyPem, "LoopBus:Grants:PublicKey", toSign: false);

    /// <summary>What is wrong with a grant for this action at this time, as a sentence; null where it holds.</summary>
    public string? Problem(Grant grant, string taskId, string stepId, string actionHash, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(grant);
        if (!Signed(SignedText.Of(grant), grant.Signature))
            return "The grant's signature is not approval's.";
        if (grant.TaskId != taskId || grant.StepId != stepId)
            return $"The grant is for step {grant.StepId} of {grant.TaskId}, not for step {stepId} of {taskId}.";
        if (grant.ActionHash != actionHash)
            return "The grant is for another action than the one that came with it.";
        return now >= grant.ExpiresAt ? $"The grant expired at {grant.ExpiresAt:O}." : null;
    }

    /// <summary>What is wrong with a ruling on this effect, as a sentence; null where it holds.</summary>
    public string? Problem(Ruling ruling, string taskId, string stepId, string idempotencyKey)
    {
        ArgumentNullException.ThrowIfNull(ruling);
        if (!Signed(SignedText.Of(ruling), ruling.Signature))
            return "The ruling's signature is not approval's.";
        return ruling.TaskId != taskId || ruling.StepId != stepId || ruling.IdempotencyKey != idempotencyKey
            ? $"The ruling is for step {ruling.StepId} of {ruling.TaskId}, not for step {stepId} of {taskId}."
            : null;
    }

    public void Dispose() => _key.Dispose();

    private bool Signed(byte[] text, string? signature)
    {
        var bytes = new byte[64];
        if (!Convert.TryFromBase64String(signature ?? "", bytes, out var length) || length != bytes.Length)
            return false;
        lock (_key)
            return _key.VerifyData(text, bytes, HashAlgorithmName.SHA256);
    }
}
