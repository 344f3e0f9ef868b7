using System.ComponentModel.DataAnnotations;

namespace LoopBus.Hosting.Files;

/// <summary>The one folder that loops see, and how much of it at once.</summary>
public sealed class FilesOptions
{
    public const string Section = "LoopBus:Files";

    public string? Root { get; set; }

    /// <summary>The largest file that is read or written, in bytes.</summary>
    [Range(1, 16 * 1024 * 1024)]
    public int MaxBytes { get; set; } = 128 * 1024;

    /// <summary>The largest file that is kept as a backup, in bytes; a larger one is not overwritten.</summary>
    [Range(1, long.MaxValue)]
    public long MaxBackupBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>How long a backup can be restored, in days.</summary>
    [Range(1, 3650)]
    public int BackupDays { get; set; } = 90;
}
