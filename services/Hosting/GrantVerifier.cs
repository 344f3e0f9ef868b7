using System.Security.Cryptography;
using LoopBus.Contracts.Approval;
using LoopBus.Hosting.Grants;

namespace LoopBus.Hosting;

/// <summary>
/// Verifies grants and rulings with approval's public keys (<c>LoopBus:Grants:PublicKey</c>, one PEM after the other): a forged or stale one does nothing.
/// While the signing key changes there are two: the new one, and the one before for what was decided earlier.
/// </summary>
public sealed class GrantVerifier : IDisposable
{
    private readonly List<(string Id, ECDsa Key)> _keys;

    /// <exception cref="ArgumentException">The text is no PEM of P-256 keys.</exception>
    public GrantVerifier(string publicKeysPem) =>
        _keys = Keys.ReadAll(publicKeysPem, "LoopBus:Grants:PublicKey").ConvertAll(key => (Keys.IdOf(key), key));

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

    public void Dispose() => _keys.ForEach(each => each.Key.Dispose());

    // A signature names its key before a dot; those of before there were names do not.
    private bool Signed(byte[] text, string? signature)
    {
        var parts = (signature ?? "").Split('.');
        var id = parts.Length == 2 ? parts[0] : null;
        var bytes = new byte[64];
        if (parts.Length > 2 || !Convert.TryFromBase64String(parts[^1], bytes, out var length) || length != bytes.Length)
            return false;
        // A key handle is not safe for several threads at once.
        lock (_keys)
            return _keys.Exists(each => (id is null || id == each.Id) && each.Key.VerifyData(text, bytes, HashAlgorithmName.SHA256));
    }
}
