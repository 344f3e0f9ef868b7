using LoopBus.Loops;

namespace LoopBus.Coordinator.Registry;

/// <summary>The loops that can be triggered now, and every version that a run may be pinned to.</summary>
internal sealed class LoopRegistry(LoopArchive archive)
{
    private volatile IReadOnlyDictionary<string, LoopDefinition> versions = new Dictionary<string, LoopDefinition>();
    private volatile IReadOnlyList<LoopDefinition> current = [];
    private volatile IReadOnlyList<string> problems = [];

    public IReadOnlyList<LoopDefinition> All => current;

    public IReadOnlyList<string> Problems => problems;

    public void Load(IReadOnlyList<LoopDefinition> loaded, IEnumerable<LoopDefinition> older, IReadOnlyList<string> refused)
    {
        versions = older.Concat(loaded).DistinctBy(loop => loop.Hash).ToDictionary(loop => loop.Hash);
        current = loaded;
        problems = refused;
    }

    /// <param name="taskType">A loop's name, or name@version, which may also be an older version.</param>
    public LoopDefinition? Current(string taskType)
    {
        var at = taskType.IndexOf('@', StringComparison.Ordinal);

        return at < 0
            ? current.Where(loop => loop.Name == taskType).MaxBy(loop => Version.Parse(loop.Version))
            : Find(taskType[..at], taskType[(at + 1)..]);
    }

    /// <exception cref="KeyNotFoundException">No coordinator ever loaded a version of that hash.</exception>
    public LoopDefinition Pinned(string hash)
    {
        if (versions.TryGetValue(hash, out var known))
            return known;

        // Another coordinator, with newer files, began the run: its row is read once.
        var loop = archive.Find(hash) ?? throw new KeyNotFoundException($"No loop version with hash {hash} is known; is its row in coordinator.loop_version?");
        versions = new Dictionary<string, LoopDefinition>(versions) { [hash] = loop };

        return loop;
    }

    public string WhyUnknown(string taskType)
    {
        var name = taskType.Split('@')[0];
        var refused = problems.FirstOrDefault(problem => problem.Contains($"/{name}/", StringComparison.Ordinal));

        return refused is not null
            ? $"loop {name} was refused when it was loaded: {refused}"
            : $"no loop is called {taskType}; there are {string.Join(", ", current.Select(loop => $"{loop.Name}@{loop.Version}"))}.";
    }

    private LoopDefinition? Find(string name, string version) =>
        current.LastOrDefault(loop => loop.Name == name && loop.Version == version)
        ?? versions.Values.LastOrDefault(loop => loop.Name == name && loop.Version == version)
        ?? archive.Find(name, version);
}
