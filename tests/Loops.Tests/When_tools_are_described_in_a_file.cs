using LoopBus.Contracts.Execution;
using LoopBus.Loops.Tools;

namespace LoopBus.Loops.Tests;

public sealed class When_tools_are_described_in_a_file : IDisposable
{
    private static readonly ToolDescriptor Echo = new(
        "mcp.s.echo", "Echoes «what» it is told.", Effect.None, BlastRadius.Low, 60, Probe: false, Compensation: null, McpSchema.Input(default), McpSchema.Output(null));

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Should_know_them_beside_those_built_in()
    {
        var tools = With([Echo, Echo with { Name = "mcp.s.other", Compensation = "mcp.s.echo" }]);

        tools.Find("mcp.s.echo")!.Description.ShouldBe(Echo.Description);
        tools.Find("mcp.s.other")!.Compensation.ShouldBe("mcp.s.echo");
        tools.Find("file.read").ShouldBe(ToolCatalogue.BuiltIn.Find("file.read"));
        ToolCatalogue.With(null).ShouldBe(ToolCatalogue.BuiltIn);
    }

    [Fact]
    public void Should_let_a_loop_use_them_with_their_gate()
    {
        var tools = With([Echo with { Effect = Effect.Irreversible, BlastRadius = BlastRadius.Medium }]);
        var text = LoopText.Right.Replace("http.request", "mcp.s.echo").Replace("method: GET, ", "");

        LoopText.Problems(text, tools).ShouldBeEmpty();
        LoopText.Problems(text.Replace("parallel: 4", "gate: false"), tools).Single().ShouldContain("mcp.s.echo is Irreversible with blast radius Medium, which one person must accept");
        LoopText.Problems(text).ShouldContain(problem => problem.Contains("there is no tool 'mcp.s.echo'"));
    }

    [Fact]
    public void Should_say_each_problem()
    {
        var problems = Should.Throw<InvalidDataException>(() => With(
        [
            Echo, Echo,
            Echo with { Name = "file.read" },
            Echo with { Name = "mcp.s.a", Effect = (Effect)17 },
            Echo with { Name = "mcp.s.b", TimeoutSeconds = 0, Probe = true },
            Echo with { Name = "mcp.s.c", Compensation = "mcp.s.none" },
            Echo with { Name = "mcp.s.d", Input = System.Text.Json.JsonSerializer.SerializeToElement(new { type = "thing" }) },
        ])).Message;

        problems.Split(Environment.NewLine).ShouldAllBe(line => line.StartsWith($"LoopBus:Mcp:Descriptors, {_file}: "));
        foreach (var word in new[] { "mcp.s.echo: is there twice", "file.read: the name", "mcp.s.a: effect", "mcp.s.b: timeoutSeconds", "mcp.s.b: probe", "mcp.s.c: its compensation", "mcp.s.d: input" })
            problems.ShouldContain(word);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[null]")]
    [InlineData("""[{ "name": "mcp.s.echo" }]""")]
    public void Should_refuse_what_is_no_list_of_descriptors(string text)
    {
        File.WriteAllText(_file, text);

        Should.Throw<InvalidDataException>(() => ToolCatalogue.With(_file)).Message.ShouldContain(_file);
        Should.Throw<InvalidDataException>(() => ToolCatalogue.With(_file + ".none")).Message.ShouldContain("LoopBus:Mcp:Descriptors");
    }

    private ToolCatalogue With(IEnumerable<ToolDescriptor> tools)
    {
        File.WriteAllText(_file, ToolFile.Text(tools));
        return ToolCatalogue.With(_file);
    }
}
