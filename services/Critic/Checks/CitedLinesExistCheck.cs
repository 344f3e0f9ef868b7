using System.Text;
using System.Text.Json;
using LoopBus.Hosting.Git;
using LoopBus.Loops.Json;

namespace LoopBus.Critic.Checks;

/// <summary>cited-lines-exist: each finding's line is in its file, at head (or at base where its side is old), and its evidence is that line.</summary>
internal sealed class CitedLinesExistCheck(GitRepositories repositories) : ICheck
{
    public string Kind => "cited-lines-exist";

    public async Task<Finding> Evaluate(Question question, CancellationToken cancellationToken)
    {
        var (head, old) = (question.Text("head"), question.Find("base")?.ToString());
        var selection = question.Select();
        var wrong = selection.Missing.ToList();
        var files = new Dictionary<(string Commit, string File), string[]?>();

        await Grounded.InGit(async () =>
        {
            var repository = repositories.Open(question.Text("repository"));
            foreach (var match in selection.Found)
                if (await Fault(repository, match, head, old, files, cancellationToken) is { } fault)
                    wrong.Add($"{Shown.At(match)}: {fault}");
        });

        return Finding.Of(wrong, $"{selection.Found.Count} cited lines are there, word for word.");
    }

    private static async Task<string?> Fault(
        GitRepository repository, JsonMatch match, string head, string? old, Dictionary<(string Commit, string File), string[]?> files, CancellationToken cancellationToken)
    {
        if (Text(match.Value, "file") is not { } file || Text(match.Value, "evidence") is not { } evidence || Line(match.Value) is not { } line)
            return "it has no file, line and evidence";

        var isOld = string.Equals(Text(match.Value, "side"), "old", StringComparison.OrdinalIgnoreCase);
        var commit = isOld ? old : head;
        if (commit is null)
            return "its side is old, and the check has no base";
        if (!files.TryGetValue((commit, file), out var lines))
            files[(commit, file)] = lines = Lines(await repository.Show(commit, file, cancellationToken));
        if (lines is null)
            return $"there is no file {Shown.Of(file)} at {Shown.Of(commit)}";
        if (line < 1 || line > lines.Length)
            return $"{Shown.Of(file)} has {lines.Length} lines, and no line {line}";

        return lines[(int)line - 1] == evidence.TrimEnd('\r') ? null : $"line {line} of {Shown.Of(file)} is not {Shown.Of(evidence)}";
    }

    // As git counts lines: by line feeds; a byte order mark is no part of the first.
    private static string[]? Lines(byte[]? bytes) =>
        bytes is null ? null : Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').Split('\n').Select(line => line.TrimEnd('\r')).ToArray();

    private static string? Text(JsonElement finding, string key) =>
        finding.ValueKind == JsonValueKind.Object && finding.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Line(JsonElement finding) =>
        finding.TryGetProperty("line", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var line) ? line : null;
}
