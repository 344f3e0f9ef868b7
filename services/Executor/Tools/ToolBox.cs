using LoopBus.Executor.Tools.Mcp;

namespace LoopBus.Executor.Tools;

/// <summary>The tools that this executor has code for, by name.</summary>
internal sealed class ToolBox(IEnumerable<ITool> tools, McpTools described)
{
    private readonly Dictionary<string, ITool> _tools = tools.Concat(described.All).ToDictionary(tool => tool.Name, StringComparer.Ordinal);

    public ITool? Find(string name) => _tools.GetValueOrDefault(name);
}
