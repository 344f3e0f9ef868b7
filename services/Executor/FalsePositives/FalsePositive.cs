using System.Security.Cryptography;
using System.Text;

namespace LoopBus.Executor.FalsePositives;

/// <summary>A finding of a review that a person rejected. It is known again by its rule, its file and its line's text, wherever in the file that stands.</summary>
internal sealed class FalsePositive
{
    public required string Key { get; init; }

    public required string Repository { get; init; }

    public required string Rule { get; init; }

    public required string File { get; init; }

    public required string Evidence { get; init; }

    public required string TaskId { get; init; }

    public required string RejectedBy { get; init; }

    public required DateTimeOffset RejectedAt { get; init; }

    public static string KeyOf(string repository, string rule, string file, string evidence) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{RepositoryOf(repository)}\n{rule}\n{file}\n{EvidenceOf(evidence)}")).AsSpan(0, 16));

    public static string RepositoryOf(string path) => path.TrimEnd('/');

    /// <summary>A line's text without regard to how it is indented and spaced.</summary>
    public static string EvidenceOf(string line) => string.Join(' ', line.Replace('\0', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
