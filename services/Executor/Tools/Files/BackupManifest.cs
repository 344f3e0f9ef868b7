namespace LoopBus.Executor.Tools.Files;

/// <summary>What a write replaced, and with what: enough to tell later whether it happened, and to take it back.</summary>
internal sealed record BackupManifest(string Key, string Path, bool Existed, string? PreviousSha256, string WrittenSha256, long WrittenBytes, DateTimeOffset At, bool Restored = false)
{
    public bool Wrote(string? current) => current == WrittenSha256;

    public bool Left(string? current) => current == PreviousSha256;
}
