using System.Text;

namespace LoopBus.Hosting.Git;

/// <summary>What one call of git gave.</summary>
internal sealed record GitOutput(int ExitCode, byte[] Bytes, string Error)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public string Line => Text.Trim();

    public bool Ok => ExitCode == 0;

    public GitOutput OrThrow(string doing) =>
        Ok ? this : throw new GitException("git-failed", $"git could not {doing}: {(Error.Length > 0 ? Error : $"exit code {ExitCode}")}");
}
