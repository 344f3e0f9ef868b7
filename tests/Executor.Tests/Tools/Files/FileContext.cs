using System.Text.Json;
using LoopBus.Executor.Tools;
using LoopBus.Executor.Tools.Files;
using LoopBus.Hosting.Files;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Tests.Tools.Files;

/// <summary>A files root of the test's own, beside a folder that is outside of it.</summary>
public sealed class FileContext : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("loopbus-files-").FullName;
    private readonly FilesOptions _options;
    private readonly FileRoot _root;
    private readonly Backups _backups;

    public FileContext()
    {
        Root = Directory.CreateDirectory(Path.Combine(_folder, "root")).FullName;
        Outside = Directory.CreateDirectory(Path.Combine(_folder, "outside")).FullName;
        _options = new FilesOptions { Root = Root, MaxBytes = 1000 };
        _root = new FileRoot(new FilesRoot(Options.Create(_options)));
        _backups = new Backups(_root, Options.Create(_options), TimeProvider.System);
    }

    public string Root { get; }

    public string Outside { get; }

    public FileContext Given(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), content);
        return this;
    }

    public string At(string path) => Path.Combine(Root, path);

    internal FileWriteTool Writer => new(_root, _backups, Options.Create(_options), TimeProvider.System);

    internal static ToolCall Call(object arguments, string key = "key-1") => new("task-1", "step-1", key, JsonSerializer.SerializeToElement(arguments));

    internal Task<JsonElement> Read(string path) =>
        new FileReadTool(_root).Invoke(Call(new { path }), CancellationToken.None);

    internal Task<JsonElement> Write(string path, string content, string key = "key-1") =>
        Writer.Invoke(Call(new { path, content }, key), CancellationToken.None);

    internal Task<JsonElement> Restore(string backup) =>
        new FileRestoreTool(_root, _backups).Invoke(Call(new { backup }), CancellationToken.None);

    internal Task<JsonElement?> Probe(string path, string content) =>
        Writer.Probe(Call(new { path, content }), CancellationToken.None);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
