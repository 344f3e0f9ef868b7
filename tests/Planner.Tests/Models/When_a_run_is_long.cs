using LoopBus.Contracts.Planning;
using LoopBus.ModelServer.Scripts;

namespace LoopBus.Planner.Tests.Models;

public sealed class When_a_run_is_long(ModelFixture models) : IClassFixture<ModelFixture>
{
    private readonly string model = models.NewModel();
    private readonly string summarizer = models.NewModel();
    private readonly string task = $"task-{Guid.NewGuid():n}";

    [Fact]
    public async Task Should_have_its_older_turns_summed_up_once_and_shown_until_the_next_time()
    {
        models.Says(model, Reply.OfJson(Acting.Read()) with { Usage = new Usage(100, 10) });
        models.Says(summarizer, new Reply { Text = "Twenty-four files were read.", Usage = new Usage(300, 30) }, new Reply { Text = "Fifty-four files were read.", Usage = new Usage(300, 30) });
        var app = models.StartWithSummarizer(model, summarizer);
        var seen = new List<(int Turns, bool Anew, long Spent, int Summaries)>();

        foreach (var (attempt, turns) in new[] { 29, 30, 31, 59, 60, 61 }.Index())
        {
            var plan = (await Acting.Plan(app, Acting.Asked(task, Acting.Turns(turns), attempt + 1))).Plan!;
            seen.Add((turns, plan.Thought!.Context!.Reanchored, plan.Spent!.Tokens, models.Calls(summarizer)));
            models.Prompt(model).Contains("Twenty-four files", StringComparison.Ordinal).ShouldBe(turns is 30 or 31 or 59);
            models.Prompt(model).Contains("Fifty-four files", StringComparison.Ordinal).ShouldBe(turns is 60 or 61);
            plan.Thought.Context.Summarized.ShouldBe(turns - 6);
        }

        seen.ShouldBe([(29, false, 110, 0), (30, true, 550, 1), (31, false, 660, 1), (59, false, 770, 1), (60, true, 1210, 2), (61, false, 1320, 2)]);
        models.Prompt(summarizer).ShouldContain("act-54 file.read");
        models.Prompt(summarizer).ShouldNotContain("act-55 file.read");
    }

    [Fact]
    public async Task Should_tell_the_older_turns_in_a_line_each_where_nobody_is_there_to_sum_them_up_and_keep_to_that_decision()
    {
        models.Says(model, Reply.OfJson(Acting.Read()), Reply.OfJson(Acting.Finish("another")));
        models.Says(summarizer, Reply.Failing(500), "Many files were read.");
        var asked = Acting.Asked(task, Acting.Turns(30));
        var app = models.StartWithSummarizer(model, summarizer);

        var first = await Acting.Plan(app, asked);
        var again = await Acting.Plan(app, asked);

        models.Prompt(model).ShouldContain("act-24 file.read {\"path\":\"24.txt\"} -> ");
        (models.Calls(model), models.Calls(summarizer)).ShouldBe((1, 1));
        again.Plan!.Steps[0].Id.ShouldBe(first.Plan!.Steps[0].Id);
    }

    [Fact]
    public async Task Should_not_have_summed_up_what_may_pass_the_budget()
    {
        models.Says(model, Reply.OfJson(Acting.Read()));
        models.Says(summarizer, "Many files were read.");

        var proposal = await Acting.Plan(models.StartWithSummarizer(model, summarizer), Acting.Asked(task, Acting.Turns(30)) with { Allowance = new Spent(4_500, null) });

        (proposal.Refusal!.Code, models.Calls(summarizer), models.Calls(model)).ShouldBe(("budget-exceeded", 0, 0));
    }

    [Theory]
    [InlineData(30, 20)]
    [InlineData(100, 2_000)]
    [InlineData(1000, 200)]
    public async Task Should_keep_the_whole_prompt_within_the_loops_context(int turns, int length)
    {
        models.Says(model, Reply.OfJson(Acting.Read()));
        var asked = Acting.Asked(task, Acting.Turns(turns, length), loop: Acting.Loop("tokens: 8000", "tokens: 4000"), input: $$"""{ "path": "{{new string('p', 50_000)}}" }""") with
        {
            Rejections = [.. Enumerable.Repeat(new string('r', 9_000), 3)],
            Guidance = [.. Enumerable.Range(0, turns).Select(number => new Guidance("feedback", $"{number} {new string('g', length)}", "critic"))],
            Facts = [.. Enumerable.Range(0, turns).Select(number => new Fact($"file-{number}", $"{number} {new string('f', length)}", $"act-{number + 1}"))],
        };

        var context = (await Acting.Plan(models.Start(model), asked)).Plan!.Thought!.Context!;

        models.Prompt(model).Length.ShouldBeLessThanOrEqualTo(4000 * 3);
        models.Prompt(model).ShouldContain("characters left out");
        (context.Tokens <= context.Budget, context.Verbatim + context.Summarized).ShouldBe((true, turns));
    }
}
