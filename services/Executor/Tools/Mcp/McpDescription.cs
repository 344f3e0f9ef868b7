using LoopBus.Loops.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace LoopBus.Executor.Tools.Mcp;

/// <summary>describe-mcp: starts each configured server once, and writes the descriptors of its tools.</summary>
internal static class McpDescription
{
    public const string Verb = "describe-mcp";

    /// <returns>0 where every server was asked; else nothing but problems was written.</returns>
    public static async Task<int> Write(IConfiguration configuration, TextWriter descriptors, TextWriter problems)
    {
        try
        {
            var options = configuration.GetSection(McpOptions.Section).Get<McpOptions>() ?? new McpOptions();
            List<string> wrong = [.. McpOptionsCheck.Unread(configuration), .. McpOptionsCheck.Problems(options)];
            if (options.Servers.Count == 0)
                wrong.Add($"{McpOptions.Section}:Servers names no server.");

            return wrong.Count > 0 ? await Told(problems, wrong) : await Write(options, descriptors, problems);
        }
        catch (Exception exception) when (exception is ToolException or InvalidOperationException)
        {
            return await Told(problems, [exception.Message]);
        }
    }

    private static async Task<int> Write(McpOptions options, TextWriter descriptors, TextWriter problems)
    {
        var found = new List<ToolDescriptor>();

        foreach (var (name, server) in options.Servers)
        {
            await using var running = new McpServer(name, server, TimeProvider.System, NullLogger.Instance);
            var (tools, left) = await running.Use((connection, _) => Task.FromResult((connection.Tools, connection.Problems)), CancellationToken.None);
            found.AddRange(tools.Values.Select(tool => tool.Descriptor));
            await Told(problems, left);
        }

        await descriptors.WriteLineAsync(ToolFile.Text(found));
        return 0;
    }

    private static async Task<int> Told(TextWriter problems, IEnumerable<string> lines)
    {
        foreach (var line in lines)
            await problems.WriteLineAsync($"{Verb}: {line}");

        return 1;
    }
}
