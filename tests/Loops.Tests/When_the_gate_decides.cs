using System.Text.Json;
using LoopBus.Contracts.Execution;
using LoopBus.Contracts.Planning;
using LoopBus.Loops.Tools;

namespace LoopBus.Loops.Tests;

public sealed class When_the_gate_decides
{
    [Theory]
    [InlineData(Effect.None, 0, 0, 0, 0, 1)]
    [InlineData(Effect.Idempotent, 0, 0, 0, 1, 1)]
    [InlineData(Effect.Reversible, 0, 0, 0, 1, 1)]
    [InlineData(Effect.Irreversible, 0, 1, 1, 2, 2)]
    public void Should_ask_as_many_people_as_the_matrix_says(Effect effect, int none, int low, int medium, int high, int veryHigh)
    {
        int[] people = [none, low, medium, high, veryHigh];

        foreach (var radius in Enum.GetValues<BlastRadius>())
            Gate.Decide(effect, radius).ShouldBe(new GateDecision(people[(int)radius] > 0, people[(int)radius]), $"{effect}, {radius}");
    }

    [Fact]
    public void Should_take_what_is_undeclared_or_unknown_for_the_worst()
    {
        Gate.Decide(null, null).ShouldBe(new GateDecision(true, 2));
        Gate.Decide(Effect.None, null).ShouldBe(new GateDecision(true, 1));
        Gate.Decide(null, BlastRadius.Low).ShouldBe(new GateDecision(true, 1));
        Gate.Decide((Effect)17, (BlastRadius)(-1)).ShouldBe(new GateDecision(true, 2));
    }

    [Fact]
    public void Should_never_be_loosened_and_always_be_tightened_by_a_loop()
    {
        foreach (var effect in Enum.GetValues<Effect>())
            foreach (var radius in Enum.GetValues<BlastRadius>())
                foreach (var quorum in new[] { -3, 0, 1, 2, 5 })
                {
                    var matrix = Gate.Decide(effect, radius, tighten: false, policyQuorum: 1);

                    Gate.Decide(effect, radius, tighten: false, quorum).Required.ShouldBe(matrix.Required);
                    Gate.Decide(effect, radius, tighten: false, quorum).Quorum.ShouldBeGreaterThanOrEqualTo(matrix.Quorum);
                    Gate.Decide(effect, radius, tighten: true, quorum).Required.ShouldBeTrue();
                    Gate.Decide(effect, radius, tighten: true, quorum).Quorum.ShouldBe(Math.Max(Math.Max(1, matrix.Quorum), quorum));
                }
    }

    [Theory]
    [InlineData("""{ "method": "GET" }""", false)]
    [InlineData("""{ "method": "HEAD" }""", false)]
    [InlineData("""{ "method": "get" }""", true)]
    [InlineData("""{ "method": "DELETE" }""", true)]
    [InlineData("""{ "method": "{{ input.method }}" }""", true)]
    [InlineData("""{ "method": ["GET"] }""", true)]
    [InlineData("""{ }""", true)]
    [InlineData("""[]""", true)]
    public void Should_look_at_the_arguments_where_the_tool_says_that_they_matter(string arguments, bool required)
    {
        var tool = ToolCatalogue.BuiltIn.Find("http.request");
        var call = JsonElement.Parse(arguments);
        var step = new PlannedStep("call", "http.request", call, []);

        Gate.Decide(tool, call, step, new ApprovalPolicy()).Required.ShouldBe(required);
        Gate.Decide(null, call, step, new ApprovalPolicy()).ShouldBe(new GateDecision(true, 2));
    }
}
