namespace LoopBus.Hosting.Files;

/// <summary>A path is none that a loop may name, or leads to nothing: a kebab-case code, and a sentence that says what to do.</summary>
public sealed class FilesException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
