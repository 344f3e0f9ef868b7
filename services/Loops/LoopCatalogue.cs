using LoopBus.Loops.Tools;

namespace LoopBus.Loops;

/// <summary>The loops of a directory: every loop.yaml in it, at any depth, each version once.</summary>
public sealed class LoopCatalogue
{
    private readonly List<LoopDefinition> loops;

    private LoopCatalogue(List<LoopDefinition> loops) => this.loops = loops;

    public IReadOnlyList<LoopDefinition> All => loops;

    /// <exception cref="LoopFileException">Every problem of every file, as "file:line: reason".</exception>
    public static LoopCatalogue Load(string directory, ToolCatalogue? tools = null)
    {
        var (found, problems) = Read(directory, tools);

        return problems.Count == 0 ? new LoopCatalogue([.. found]) : throw new LoopFileException(problems);
    }

    /// <summary>Reads what can be read: the loops of the good files, and every problem of the others, as "file:line: reason".</summary>
    public static (IReadOnlyList<LoopDefinition> Loops, IReadOnlyList<string> Problems) Read(string directory, ToolCatalogue? tools = null)
    {
        if (!Directory.Exists(directory))
            return ([], [$"{directory}:1: there is no such directory; set LoopBus:Loops:Directory to the one that holds <loop>/loop.yaml."]);

        var found = new List<LoopDefinition>();
        var problems = new List<string>();

        foreach (var file in Directory.EnumerateFiles(directory, "loop.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            try
            {
                var loop = LoopFile.Load(file, tools);
                if (found.Exists(other => other.Name == loop.Name && other.Version == loop.Version))
                    problems.Add($"{file}:1: there is already a {loop.Name}@{loop.Version}; raise the version.");
                else
                    found.Add(loop);
            }
            catch (LoopFileException exception)
            {
                problems.AddRange(exception.Problems);
            }

        return (found, problems);
    }

    /// <param name="taskType">A loop's name, for its newest version, or name@version.</param>
    public LoopDefinition? Find(string taskType)
    {
        var at = taskType.IndexOf('@');
        var name = at < 0 ? taskType : taskType[..at];
        var named = loops.Where(loop => loop.Name == name);

        return at < 0
            ? named.MaxBy(loop => Version.Parse(loop.Version))
            : named.FirstOrDefault(loop => loop.Version == taskType[(at + 1)..]);
    }
}
