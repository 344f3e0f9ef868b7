using System.Text.Json;
using LoopBus.Contracts.Execution;
using LoopBus.Executor.Tools.Mcp;
using ModelContextProtocol.Protocol;

namespace LoopBus.Executor.Tests.Tools.Mcp;

public sealed class When_an_MCP_server_lists_its_tools
{
    private static readonly McpServerOptions Options = new();

    [Fact]
    public void Should_take_none_of_those_that_would_have_one_name()
    {
        var (tools, problems) = McpDiscovery.Read("s", Options, [Tool("get.it"), Tool("Get_it"), Tool("other"), Tool("")]);

        tools.Keys.ShouldBe(["mcp.s.other"]);
        problems.Count.ShouldBe(2);
        problems[0].ShouldBe("'get.it', 'Get_it' of server 's' would all be mcp.s.get_it; none of them is taken.");
    }

    [Fact]
    public void Should_take_one_that_says_nothing_for_the_worst()
    {
        var tool = McpDiscovery.Read("s", Options, [Tool("other")]).Tools["mcp.s.other"].Descriptor;

        (tool.Effect, tool.BlastRadius, tool.Compensation, tool.Probe).ShouldBe((Effect.Irreversible, BlastRadius.VeryHigh, null, false));
    }

    [Fact]
    public void Should_see_whether_the_gate_or_the_schemas_are_others()
    {
        var one = McpDiscovery.Read("s", Options, [Tool("a")]).Tools["mcp.s.a"].Descriptor;
        var same = McpDiscovery.Read("s", Options, [Tool("a")]).Tools["mcp.s.a"].Descriptor;
        var reads = McpDiscovery.Read("s", Options, [Tool("a", readOnly: true)]).Tools["mcp.s.a"].Descriptor;

        McpDiscovery.Difference(one, same with { Description = "In other words." }).ShouldBeNull();
        McpDiscovery.Difference(one, reads).ShouldBe("its effect was Irreversible and is None, its blast radius was VeryHigh and is Low");
        McpDiscovery.Difference(one with { Output = JsonSerializer.SerializeToElement(new { }) }, same).ShouldBe("its output has another schema");
    }

    [McpFact]
    public async Task Should_be_told_the_idempotency_key_of_a_call()
    {
        await McpPackages.Ready();
        await using var files = new McpContext();
        (files.Settings.Command, files.Settings.Arguments) = ("bash", ["-c", "tee \"$1\" | node \"$0\" stdio", McpPackages.Everything, files.At("heard")]);

        await files.Call("echo", new { message = "hi" });

        (await File.ReadAllTextAsync(files.At("heard"))).ShouldContain("\"loopbus/idempotencyKey\":\"key-1\"");
    }

    private static Tool Tool(string name, bool? readOnly = null) => new()
    {
        Name = name,
        InputSchema = JsonSerializer.SerializeToElement(new { type = "object" }),
        Annotations = new ToolAnnotations { ReadOnlyHint = readOnly },
    };
}
