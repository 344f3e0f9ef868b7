namespace LoopBus.Executor.Tools.Git;

/// <summary>A file's language by its name: csharp, or a common name, or other.</summary>
internal static class Language
{
    public const string CSharp = "csharp";

    private static readonly Dictionary<string, string> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".cs"] = CSharp,
        [".csx"] = CSharp,
        [".fs"] = "fsharp",
        [".vb"] = "visualbasic",
        [".razor"] = "razor",
        [".cshtml"] = "razor",
        [".js"] = "javascript",
        [".mjs"] = "javascript",
        [".cjs"] = "javascript",
        [".jsx"] = "javascript",
        [".ts"] = "typescript",
        [".tsx"] = "typescript",
        [".py"] = "python",
        [".java"] = "java",
        [".kt"] = "kotlin",
        [".go"] = "go",
        [".rs"] = "rust",
        [".rb"] = "ruby",
        [".php"] = "php",
        [".swift"] = "swift",
        [".c"] = "c",
        [".h"] = "c",
        [".cpp"] = "cpp",
        [".cc"] = "cpp",
        [".hpp"] = "cpp",
        [".scala"] = "scala",
        [".sql"] = "sql",
        [".sh"] = "shell",
        [".bash"] = "shell",
        [".ps1"] = "powershell",
        [".html"] = "html",
        [".css"] = "css",
        [".scss"] = "css",
        [".json"] = "json",
        [".yaml"] = "yaml",
        [".yml"] = "yaml",
        [".xml"] = "xml",
        [".csproj"] = "xml",
        [".props"] = "xml",
        [".targets"] = "xml",
        [".config"] = "xml",
        [".toml"] = "toml",
        [".ini"] = "ini",
        [".env"] = "ini",
        [".md"] = "markdown",
        [".txt"] = "text",
        [".tf"] = "terraform",
    };

    private static readonly HashSet<string> NoCode = ["json", "yaml", "xml", "toml", "ini", "markdown", "text", "html", "css", "other"];

    public static string Of(string path) =>
        Path.GetFileName(path).StartsWith("Dockerfile", StringComparison.Ordinal)
            ? "dockerfile"
            : ByExtension.GetValueOrDefault(Path.GetExtension(path), "other");

    /// <summary>Whether files of the language hold a program, of which one expects tests.</summary>
    public static bool IsCode(string language) =>
        !NoCode.Contains(language) && language is not ("dockerfile" or "sql" or "terraform" or "shell" or "powershell");
}
