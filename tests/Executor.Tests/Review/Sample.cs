using System.Diagnostics;
using System.Text.Json;

namespace LoopBus.Executor.Tests.Review;

/// <summary>The repository that infra/loops/code-review/make-sample.sh makes, once for all tests of a class.</summary>
public sealed class Sample : IDisposable
{
    public Sample()
    {
        Root = Directory.CreateTempSubdirectory("loopbus-sample-").FullName;
        Folder = Path.Combine(Root, "sample");
        Make();
        Expected = [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "expected.json"))).RootElement.EnumerateArray()];
    }

    public string Root { get; }

    public string Folder { get; }

    public IReadOnlyList<JsonElement> Expected { get; }

    public void Make()
    {
        using var made = Process.Start(
            new ProcessStartInfo("bash")
            {
                ArgumentList = { Path.Combine(Home(), "make-sample.sh"), Folder },
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        made.StandardOutput.ReadToEnd();
        made.WaitForExit();
        made.ExitCode.ShouldBe(0);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>The loop's folder.</summary>
    public static string Home()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Bus.sln")))
            folder = folder.Parent.ShouldNotBeNull();
        return Path.Combine(folder.FullName, "infra/loops/code-review");
    }
}
