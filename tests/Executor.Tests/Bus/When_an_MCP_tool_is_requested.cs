using LoopBus.Executor.Tests.Tools.Mcp;
using LoopBus.Executor.Tools.Mcp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Tests.Bus;

public sealed class When_an_MCP_tool_is_requested(QuietExecutorFixture executor) : IClassFixture<QuietExecutorFixture>
{
    [Fact]
    public void Should_not_start_with_servers_that_are_set_up_wrong() =>
        Should.Throw<OptionsValidationException>(() => executor.Start(("LoopBus:Mcp:Servers:fs:Comand", "node")))
            .Failures.ShouldContain(problem => problem.StartsWith("LoopBus:Mcp:Servers:fs:Comand is no setting"));

    [McpFact]
    public async Task Should_be_run_as_it_was_described_and_gated()
    {
        await McpPackages.Ready();
        var folder = Directory.CreateTempSubdirectory("loopbus-mcp-").FullName;
        var file = Path.Combine(folder, "tools.json");
        (string Key, string Value)[] servers =
        [
            ("LoopBus:Mcp:Servers:fs:Command", "node"),
            ("LoopBus:Mcp:Servers:fs:Arguments:0", McpPackages.Filesystem),
            ("LoopBus:Mcp:Servers:fs:Arguments:1", folder),
        ];
        await using (var descriptors = File.CreateText(file))
        await using (var problems = new StringWriter())
        {
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(servers.Select(each => KeyValuePair.Create(each.Key, (string?)each.Value))).Build();
            (await McpDescription.Write(configuration, descriptors, problems)).ShouldBe(0, problems.ToString());
        }

        var app = executor.Start([.. servers, ("LoopBus:Mcp:Descriptors", file)]);
        var write = ExecutorFixture.StepWith("mcp.fs.write_file", new { path = Path.Combine(folder, "a.txt"), content = "by leave" });

        var refused = await executor.Ask(write);
        var done = await executor.Ask(write with { Grant = executor.GrantFor(write, "ada") });
        var again = await executor.Ask(write with { Attempt = 2 });
        var read = await executor.Ask(ExecutorFixture.StepWith("mcp.fs.read_text_file", new { path = Path.Combine(folder, "a.txt") }));

        refused.Code.ShouldBe("grant-missing");
        (done.Act, again.Act, again.FromLedger).ShouldBe(("inform", "inform", true));
        read.Act.ShouldBe("inform", read.Reason?.Text);
        (await File.ReadAllTextAsync(Path.Combine(folder, "a.txt"))).ShouldBe("by leave");
        await executor.Stop(app);
        Directory.Delete(folder, recursive: true);
    }
}
