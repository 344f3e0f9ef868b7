namespace LoopBus.Executor.Tools;

/// <summary>The tools that this executor has code for, by name.</summary>
internal sealed class ToolBox(IEnumerable<ITool> tools)
{
    private readonly Dictionary<string, ITool> _tools = tools.ToDictionary(tool => tool.Name, StringComparer.Ordinal);

    public ITool? Find(string name) => _tools.GetValueOrDefault(name);
}
