using System.Text.Json;
using LoopBus.Contracts.Planning;
using LoopBus.Loops.Observation;

namespace LoopBus.Loops.Tests;

public sealed class When_invariants_are_looked_at
{
    private readonly List<Turn> turns = [];
    private readonly List<Fact> facts = [];

    [Theory]
    [InlineData(799, 0, null)]
    [InlineData(800, 0, "models took 800 of 1000 tokens, 0.8 of them is the bound")]
    [InlineData(0, 1.6, "models cost 1.6 of 2 US dollars, 0.8 of them is the bound")]
    public void Should_hold_the_budget(long tokens, double usd, string? problem)
    {
        var observed = new Observed([], [], tokens, (decimal)usd, new LoopLimits(Tokens: 1000, Usd: 2));

        Of(InvariantKinds.Budget, """{ "share": 0.8 }""", observed).ShouldBe(problem);
    }

    [Fact]
    public void Should_find_facts_that_contradict_each_other_until_a_person_says_which_is_so()
    {
        facts.AddRange([new("order", "paid", "act-1"), new("customer", "Ada", "act-1"), new("Order ", "PAID", "act-2")]);
        Of(InvariantKinds.NoContradiction).ShouldBeNull();

        facts.Add(new("order", "open", "act-3"));
        Of(InvariantKinds.NoContradiction).ShouldBe("order is 'paid' by act-1 and 'open' by act-3");

        facts.Add(new("order", "open", Observed.Person));
        Of(InvariantKinds.NoContradiction).ShouldBeNull();
    }

    [Fact]
    public void Should_miss_progress_where_nothing_new_came()
    {
        foreach (var output in new[] { 1, 2, 1, 2, 1 })
            Did("file.read", new { path = turns.Count }, new { output });

        Of(InvariantKinds.Progress, """{ "iterations": 3 }""").ShouldBe("the last 3 actions brought nothing that was not known");
        Did("file.read", new { path = "x" }, new { output = 3 });
        Of(InvariantKinds.Progress, """{ "iterations": 3 }""").ShouldBeNull();
    }

    [Fact]
    public void Should_want_a_number_to_become_smaller_each_time()
    {
        Did("file.read", new { }, new { left = 3 });
        Did("file.write", new { }, new { left = 9 });
        Did("file.read", new { }, new { left = 2 });
        Of(InvariantKinds.Decreasing, """{ "tool": "file.read", "of": "left" }""").ShouldBeNull();

        Did("file.read", new { }, new { left = 2 });
        Of(InvariantKinds.Decreasing, """{ "tool": "file.read", "of": "left" }""").ShouldBe("2 of act-3 became 2 of act-4");
    }

    [Fact]
    public void Should_want_no_value_twice()
    {
        Did("file.read", new { paths = new[] { "a", "b" } }, new { });
        Did("file.read", new { paths = new[] { "c" } }, new { });
        Of(InvariantKinds.Unique, """{ "tool": "file.read", "of": "paths[*]" }""").ShouldBeNull();

        Did("file.read", new { paths = new[] { "d", "b" } }, new { });
        Of(InvariantKinds.Unique, """{ "tool": "file.read", "of": "paths[*]" }""").ShouldBe("act-3 has \"b\", as act-1 had");
    }

    [Fact]
    public void Should_count_over_all_outputs()
    {
        Did("file.read", new { }, new { findings = new[] { 1, 2 } });
        Of(InvariantKinds.CountBelow, """{ "tool": "file.read", "of": "findings[*]", "most": 3 }""").ShouldBeNull();

        Did("file.read", new { }, new { findings = new[] { 3 } });
        Of(InvariantKinds.CountBelow, """{ "tool": "file.read", "of": "findings[*]", "most": 3 }""").ShouldBe("there are 3, fewer than 3 is the bound");
    }

    [Fact]
    public void Should_want_a_planner_that_is_sure_enough()
    {
        Did("file.read", new { }, new { }, confidence: 0.6);
        Of(InvariantKinds.Confidence, """{ "least": 0.6 }""").ShouldBeNull();

        Did("file.read", new { }, new { }, confidence: 0.5);
        Of(InvariantKinds.Confidence, """{ "least": 0.6 }""").ShouldBe("the planner's confidence in its last action was 0.5, 0.6 is the bound");
    }

    [Theory]
    [InlineData("""[ { "a": 1 }, { "a": 1 } ]""", "the result is that of the 2 runs before, word for word")]
    [InlineData("""[ { "a": 1 }, { "a": 2 }, { "a": 1 } ]""", null)]
    [InlineData("""[ { "a": 1 } ]""", null)]
    public void Should_see_the_silent_drift(string earlier, string? problem)
    {
        var observed = new Observed([], [], 0, 0, new LoopLimits(), Json("""{ "a": 1 }"""), [.. Json(earlier).EnumerateArray()]);

        Of(InvariantKinds.Fresh, """{ "runs": 2 }""", observed).ShouldBe(problem);
    }

    [Fact]
    public void Should_not_call_sound_what_it_does_not_know()
    {
        Of("vibes").ShouldBe("this version knows no invariant of kind vibes");
    }

    private void Did(string tool, object arguments, object output, double? confidence = null) =>
        turns.Add(new Turn($"act-{turns.Count + 1}", tool, JsonSerializer.SerializeToElement(arguments), JsonSerializer.SerializeToElement(output), null, default, Confidence: confidence));

    private string? Of(string kind, string parameters = "{}", Observed? observed = null)
    {
        var status = Invariants.Check([new LoopInvariant("one", kind, Json(parameters), Remedies.Stop)], observed ?? new Observed(turns, facts, 0, 0, new LoopLimits())).ShouldHaveSingleItem();

        return status.Holds ? null : status.Text;
    }

    private static JsonElement Json(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
