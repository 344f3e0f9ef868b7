using System.Security.Cryptography;
using System.Text;
using LoopBus.Hosting.Files;

namespace LoopBus.Critic.Checks;

/// <summary>file: a file below LoopBus:Files:Root is there, or is not; contains these texts; has this sha256.</summary>
internal sealed class FileCheck(FilesRoot files) : ICheck
{
    public string Kind => "file";

    public async Task<Finding> Evaluate(Question question, CancellationToken cancellationToken)
    {
        var (path, wanted, texts) = (question.Text("path"), question.Flag("exists", fallback: true), question.Texts("contains"));
        var hash = question.Find("sha256") is null ? null : question.Text("sha256");
        var bytes = await Grounded.InFiles(() => files.Read(path, cancellationToken));

        if (bytes is null)
            return new Finding(!wanted, $"There is no file {path}.");
        if (!wanted)
            return new Finding(false, $"There is a file {path}.");

        var (text, actual) = (Encoding.UTF8.GetString(bytes), Convert.ToHexStringLower(SHA256.HashData(bytes)));
        var wrong = texts.Where(part => !text.Contains(part, StringComparison.Ordinal)).Select(part => $"{path} does not contain {Shown.Of(part)}").ToList();
        if (hash is not null && !hash.Equals(actual, StringComparison.OrdinalIgnoreCase))
            wrong.Add($"{path} has the sha256 {actual}, not {Shown.Of(hash)}");

        return Finding.Of(wrong, $"{path} is there, sha256 {actual}.");
    }
}
