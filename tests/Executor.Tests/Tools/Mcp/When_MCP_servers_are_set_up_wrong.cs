using LoopBus.Contracts.Execution;
using LoopBus.Executor.Tools.Mcp;
using LoopBus.Loops.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Tests.Tools.Mcp;

public sealed class When_MCP_servers_are_set_up_wrong
{
    private static readonly ToolDescriptor Echo = new(
        "mcp.s.echo", "Echoes.", Effect.None, BlastRadius.None, 60, Probe: false, Compensation: null, McpSchema.Input(default), McpSchema.Output(null));

    [Fact]
    public void Should_say_each_problem_with_its_key()
    {
        var options = new McpOptions
        {
            Servers =
            {
                ["s"] = new McpServerOptions
                {
                    WorkingDirectory = "/no/such/folder",
                    TimeoutSeconds = 0,
                    MaxOutputBytes = 1024 * 1024,
                    Environment = { ["A=B"] = "c" },
                    Tools = { ["ehco"] = new McpToolOptions { Effect = (Effect)17, TimeoutSeconds = -1 } },
                },
                ["Big Name"] = new McpServerOptions { Command = "node" },
            },
        };

        var problems = string.Join('\n', Check([Echo]).Validate(null, options).Failures!);

        foreach (var key in new[] { "s:Command", "s:WorkingDirectory", "s:TimeoutSeconds", "s:MaxOutputBytes", "s:Environment:A=B", "s:Tools:ehco: Effect", "s:Tools:ehco:TimeoutSeconds", "s:Tools:ehco: the server has no such tool", "Big Name: " })
            problems.ShouldContain($"LoopBus:Mcp:Servers:{key}");
        problems.ShouldContain("LoopBus:Mcp:Descriptors has no tool of the server 'Big Name'");
    }

    [Fact]
    public void Should_say_that_described_tools_have_no_server() =>
        Check([Echo]).Validate(null, new McpOptions()).FailureMessage.ShouldBe("LoopBus:Mcp:Servers:s:Command is missing: LoopBus:Mcp:Descriptors has tools of this server.");

    [Fact]
    public void Should_have_nothing_against_what_is_right() =>
        Check([Echo]).Validate(null, new McpOptions { Servers = { ["s"] = new McpServerOptions { Command = "node", Tools = { ["ECHO"] = new McpToolOptions() } } } }).Succeeded.ShouldBeTrue();

    [Theory]
    [InlineData("LoopBus:Mcp:Servers:s:Comand", "node", "LoopBus:Mcp:Servers:s:Comand is no setting")]
    [InlineData("LoopBus:Mcp:Servers:s:Tools:echo:Efect", "None", "LoopBus:Mcp:Servers:s:Tools:echo:Efect is no setting")]
    [InlineData("LoopBus:Mcp:Servers:s:Tools:echo:Effect", "Harmless", "LoopBus:Mcp:Servers:s:Tools:echo:Effect")]
    [InlineData("LoopBus:Mcp:Servers:s:Command", "no-such-program", "The MCP server 's' did not start")]
    [InlineData("LoopBus:Mcp:Servers:s:Command", "true", "The MCP server 's' did not start")]
    public async Task Should_describe_nothing(string key, string value, string problem)
    {
        var (descriptors, problems) = (new StringWriter(), new StringWriter());

        var code = await McpDescription.Write(new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build(), descriptors, problems);

        code.ShouldBe(1);
        descriptors.ToString().ShouldBeEmpty();
        problems.ToString().ShouldContain(problem);
    }

    private static McpOptionsCheck Check(IEnumerable<ToolDescriptor> tools) => new(new ConfigurationBuilder().Build(), new ToolCatalogue(tools), Options.Create(new ExecutorOptions()));
}
