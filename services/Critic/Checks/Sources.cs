using System.Text;
using System.Text.Json;
using LoopBus.Hosting.Files;
using LoopBus.Loops.Json;
using LoopBus.Loops.Memory;

namespace LoopBus.Critic.Checks;

/// <summary>What claims may be drawn from: the outputs of steps, by the step's id or a path that begins with it, and the files below LoopBus:Files:Root.</summary>
internal sealed class Sources(FilesRoot files)
{
    /// <returns>The texts of a source, each with one blank where there were several; null where there is no such source.</returns>
    public async Task<IReadOnlyList<string>?> Texts(string source, JsonElement steps, CancellationToken cancellationToken)
    {
        if (Output(source, steps) is { } output)
            return [.. JsonTexts.Of(output).Select(Blanks.Normal), Blanks.Normal(CanonicalJson.Of(output))];

        return await Grounded.InFiles(() => files.Read(source, cancellationToken)) is { } bytes ? [Blanks.Normal(Encoding.UTF8.GetString(bytes))] : null;
    }

    private static JsonElement? Output(string source, JsonElement steps)
    {
        try
        {
            return JsonPath.Parse(source).Select(steps) is { Missing.Count: 0, Found: [var only] } ? only.Value : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
