using LoopBus.Loops.Tools;

namespace LoopBus.Executor.Tools.Mcp;

/// <summary>A tool for each descriptor of an MCP tool.</summary>
internal sealed class McpTools(ToolCatalogue catalogue, McpServers servers, McpOutput output)
{
    public IEnumerable<ITool> All =>
        from descriptor in catalogue.All
        let server = McpName.ServerOf(descriptor.Name) is { } name ? servers.Find(name) : null
        where server is not null
        select new McpTool(descriptor, server, output);
}
