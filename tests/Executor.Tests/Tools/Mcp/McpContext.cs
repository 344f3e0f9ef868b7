using System.Diagnostics;
using System.Text.Json;
using LoopBus.Executor.Bidding;
using LoopBus.Executor.Resilience;
using LoopBus.Executor.Steps;
using LoopBus.Executor.Tools;
using LoopBus.Executor.Tools.Files;
using LoopBus.Hosting.Files;
using LoopBus.Executor.Tools.Mcp;
using LoopBus.Loops.Tools;
using LoopBus.Testing.Processes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Tests.Tools.Mcp;

/// <summary>A server of the test's own, the tools that it has, and a files root that it is given.</summary>
internal sealed class McpContext : IAsyncDisposable
{
    private readonly string _mark = Guid.NewGuid().ToString("N");
    private readonly string _root = Directory.CreateTempSubdirectory("loopbus-mcp-").FullName;
    private readonly ToolPipelines _pipelines = new(Options.Create(new ResilienceOptions { Retries = 0 }), TimeProvider.System, NullLogger<ToolPipelines>.Instance);
    private McpServer? _server;

    public McpServerOptions Settings { get; } = new() { Command = "node", RestartSeconds = 0.05 };

    public string Root => _root;

    /// <summary>Whether large outputs have a place.</summary>
    public bool Keeps { get; init; } = true;

    public McpServer Server => _server ??= new McpServer("s", Settings, TimeProvider.System, NullLogger.Instance);

    public static McpContext Everything()
    {
        var context = new McpContext();
        context.Settings.Arguments = [McpPackages.Everything, "stdio", context._mark];
        return context;
    }

    public static McpContext Filesystem(bool keeps = true)
    {
        var context = new McpContext { Keeps = keeps };
        context.Settings.Arguments = [McpPackages.Filesystem, context._root];
        return context;
    }

    /// <summary>The file's path as the server wants it.</summary>
    public string At(string name) => Path.Combine(_root, name);

    public async Task<IReadOnlyDictionary<string, McpLiveTool>> Tools()
    {
        await McpPackages.Ready();
        return await Server.Use((connection, _) => Task.FromResult(connection.Tools), CancellationToken.None);
    }

    public async Task<ToolDescriptor> Described(string tool) => (await Tools())[McpName.Of("s", tool)].Descriptor;

    public McpTool Tool(ToolDescriptor descriptor) =>
        new(descriptor, Server, new McpOutput(new McpClaims(new FileRoot(new FilesRoot(Options.Create(new FilesOptions { Root = Keeps ? _root : null }))))));

    public async Task<JsonElement> Call(string tool, object arguments) =>
        await Tool(await Described(tool)).Invoke(new ToolCall("task-1", "one", "key-1", JsonSerializer.SerializeToElement(arguments)), CancellationToken.None);

    public async Task<ToolException> Failure(string tool, object arguments) => await Should.ThrowAsync<ToolException>(() => Call(tool, arguments));

    /// <summary>As a step makes the call: in its time, with its output checked.</summary>
    public async Task<StepOutcome> Run(string tool, object arguments, double seconds = 30)
    {
        var descriptor = await Described(tool);
        var calls = new ToolCalls(_pipelines, new TrackRecord(TimeProvider.System), Options.Create(new ExecutorOptions()), TimeProvider.System, NullLogger<ToolCalls>.Instance);
        var action = new StepAction("task-1", "one", 1, Tool(descriptor), descriptor, JsonSerializer.SerializeToElement(arguments), "hash", "key-1", TimeSpan.FromSeconds(seconds));
        var run = await calls.Make(action, lease: null, CancellationToken.None);
        return run.Known ?? StepOutcome.InDoubt(run.Unknown!);
    }

    /// <summary>The server's process; its arguments bear a mark that no other has.</summary>
    public async Task<Process> Process() => System.Diagnostics.Process.GetProcessById(int.Parse((await Shell.Run("pgrep", "-f", $"stdio {_mark}")).Trim()));

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _pipelines.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
