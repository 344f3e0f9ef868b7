using System.Runtime.CompilerServices;
using Xunit.Sdk;

namespace LoopBus.Testing;

/// <summary>Compares a text with the approved one beside the test's source file, and leaves what it got as <c>.received.txt</c> where they differ.</summary>
public static class ApprovedText
{
    /// <summary>Compares with <c>&lt;name&gt;.approved.txt</c> in the folder of the calling test.</summary>
    public static void Check(string name, string received, [CallerFilePath] string testFile = "")
    {
        var stem = Path.Combine(Path.GetDirectoryName(OnDisk(testFile))!, name);
        var approvedFile = $"{stem}.approved.txt";
        var receivedFile = $"{stem}.received.txt";
        var text = received.ReplaceLineEndings("\n").TrimEnd() + "\n";

        var approved = File.Exists(approvedFile) ? File.ReadAllText(approvedFile).ReplaceLineEndings("\n") : null;
        if (approved == text)
        {
            File.Delete(receivedFile);
            return;
        }

        File.WriteAllText(receivedFile, text);
        throw new XunitException(
            approved is null
                ? $"Nothing is approved yet. Read {receivedFile}; if it is right, rename it to {Path.GetFileName(approvedFile)}."
                : $"{Difference(approved, text)}\nIf the change is meant: mv {receivedFile} {approvedFile}");
    }

    // A deterministic build writes the sources' root as /_/.
    private static string OnDisk(string file) =>
        file.StartsWith("/_/", StringComparison.Ordinal) ? Repository.PathOf(file[3..]) : file;

    private static string Difference(string approved, string received)
    {
        var before = approved.Split('\n');
        var after = received.Split('\n');
        var line = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"The text differs from the approved one at line {line + 1}.\n"
            + $"approved: {before.ElementAtOrDefault(line) ?? "(end)"}\nreceived: {after.ElementAtOrDefault(line) ?? "(end)"}";
    }
}
