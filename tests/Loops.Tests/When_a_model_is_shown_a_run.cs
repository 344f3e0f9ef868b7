using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using LoopBus.Contracts.Planning;
using LoopBus.Loops.Memory;

namespace LoopBus.Loops.Tests;

public sealed class When_a_model_is_shown_a_run
{
    private readonly LoopDefinition loop = RunText.Loop;

    [Fact]
    public void Should_have_the_last_turns_word_for_word_and_a_line_of_each_before()
    {
        var view = WorkingMemory.Of(RunText.Asked(RunText.Turns(5)), loop);

        view.Last.Count.ShouldBe(3);
        view.Last[^1].ShouldBe($"act-5 file.read\nfor: look into it\narguments: {{\"path\":\"5.txt\"}}\noutput: {{\"content\":\"5:{new string('x', 50)}\"}}");
        view.Earlier.Split('\n').ShouldBe([
            $"act-1 file.read {{\"path\":\"1.txt\"}} -> {{\"content\":\"1:{new string('x', 50)}\"}} (for: look into it)",
            $"act-2 file.read {{\"path\":\"2.txt\"}} -> {{\"content\":\"2:{new string('x', 50)}\"}} (for: look into it)",
        ]);
        (view.Use.Verbatim, view.Use.Summarized, view.Use.Dropped.Count, view.Use.Reanchored).ShouldBe((3, 2, 0, false));
    }

    [Fact]
    public void Should_cut_what_is_oversized_in_its_middle_and_leave_the_others_whole()
    {
        var view = WorkingMemory.Of(RunText.Asked(RunText.Turn(1), RunText.Turn(2, $"begin{new string('y', 50_000)}end"), RunText.Turn(3)), loop);

        view.Last.Count.ShouldBe(3);
        view.Last[1].ShouldContain("\"content\":\"beginyyy");
        view.Last[1].ShouldEndWith("yend\"}");
        view.Last[1].ShouldMatch(@"\n\[… \d+ characters left out …\]\n");
        view.Last[2].ShouldContain("fine");
        view.Use.Dropped.Single().ShouldMatch(@"^\d+ characters of act-2$");
    }

    [Fact]
    public void Should_tell_fewer_turns_word_for_word_before_all_of_them_are_shreds()
    {
        var policy = loop.Context! with { Tokens = 3000, Verbatim = 20 };

        var view = WorkingMemory.Of(RunText.Asked(RunText.Turns(20, 5_000)), loop with { Context = policy });

        view.Last.Count.ShouldBeInRange(2, 8);
        view.Last[^1].ShouldStartWith("act-20 ");
        view.Last.ShouldAllBe(text => text.Length > 200);
    }

    [Fact]
    public void Should_say_how_turns_failed()
    {
        var turns = RunText.Turns(6).ToList();
        turns[0] = RunText.Turn(1, problem: "there is no\nfile 1.txt");

        var view = WorkingMemory.Of(RunText.Asked([.. turns]), loop);

        view.Earlier.ShouldStartWith("act-1 file.read {\"path\":\"1.txt\"} -> failed: there is no file 1.txt (for: look into it)\nact-2 ");
    }

    [Fact]
    public void Should_count_in_one_line_the_turns_for_which_there_is_no_room()
    {
        var view = WorkingMemory.Of(RunText.Asked(RunText.Turns(1000)), loop);

        var lines = view.Earlier.Split('\n');
        lines[0].ShouldMatch(@"^act-1 to act-\d+: \d+ actions, 0 of them failed: file\.read \d+$");
        lines[^1].ShouldStartWith("act-997 ");
        view.Use.Dropped.Single().ShouldStartWith("act-1 to act-");
        (view.Use.Verbatim + view.Use.Summarized).ShouldBe(1000);
    }

    [Fact]
    public void Should_show_half_where_an_invariant_asks_for_it_and_people_did_not_relax_it()
    {
        var asked = RunText.Asked(RunText.Turns(100, 500));
        MakePlan With(string name, bool holds, bool relaxed = false) => asked with { Invariants = [new InvariantStatus(name, holds, "81 % are spent", relaxed)] };
        var usual = WorkingMemory.Of(asked, loop).Use;

        var halved = WorkingMemory.Of(With("within-budget", holds: false), loop).Use;

        halved.Budget.ShouldBe(usual.Budget / 2);
        halved.Tokens.ShouldBeLessThanOrEqualTo(halved.Budget);
        usual.Tokens.ShouldBeGreaterThan(halved.Budget);
        WorkingMemory.Of(With("within-budget", holds: true), loop).Use.Budget.ShouldBe(usual.Budget);
        WorkingMemory.Of(With("within-budget", holds: false, relaxed: true), loop).Use.Budget.ShouldBe(usual.Budget);
        WorkingMemory.Of(With("moving", holds: false), loop).Use.Budget.ShouldBe(usual.Budget);
    }

    [Fact]
    public void Should_rank_facts_by_what_the_run_is_at_and_then_the_newer_first()
    {
        Fact[] facts = [new("order.total", "17.50", "act-1"), new("weather", "rain", "act-1"), new("customer.name", "Ada", "act-2"), new("order.status", "paid", "act-3"), new("order.status", " paid ", "act-4")];
        var asked = RunText.Asked(RunText.Turn(1, subgoal: "find the status of the order")) with { Facts = facts };

        Keys(asked).ShouldBe(["order.status", "order.total", "customer.name", "weather"]);
        Keys(asked with { Guidance = [new Guidance("subgoal", "What is the weather?", "alice")] }).ShouldBe(["weather", "order.status", "customer.name", "order.total"]);
    }

    [Fact]
    public void Should_flag_facts_that_cannot_all_be_so()
    {
        var asked = RunText.Asked() with { Facts = [new Fact("order.status", "paid", "act-1"), new Fact("Order.Status", "open", "act-2"), new Fact("total", "1", "act-2")] };

        var view = WorkingMemory.Of(asked, loop);

        view.Contradictions.ShouldBe("""{"key":"order.status","values":[{"value":"paid","source":"act-1"},{"value":"open","source":"act-2"}]}""");
        view.Facts.ShouldBe("""{"key":"total","value":"1","source":"act-2"}""");
    }

    [Fact]
    public void Should_hear_people_before_rules_where_it_is_too_much()
    {
        List<Guidance> said = [new("subgoal", "Ask the warehouse first.", "alice"), .. Enumerable.Range(0, 200).Select(number => new Guidance("stall", $"Nothing new since {number}.", "rules"))];

        var view = WorkingMemory.Of(RunText.Asked() with { Guidance = said }, loop);

        view.Guidance[0].ShouldBe("""{"kind":"subgoal","by":"alice","text":"Ask the warehouse first."}""");
        view.Guidance[^1].ShouldContain("since 199.");
        view.Use.Dropped[0].ShouldMatch(@"^guidance 1\d\d \(stall\)$");
        view.Use.Dropped[^1].ShouldEndWith(" more");
    }

    [Fact]
    public void Should_have_what_a_model_made_of_the_older_turns_and_a_line_of_each_since()
    {
        var view = WorkingMemory.Of(RunText.Asked(RunText.Turns(15)), loop, anchor: new Anchor(7, "Seven files were read.", IsNew: false));

        view.Earlier.Split('\n').Select(line => line.Split(' ')[0]).ShouldBe(["Seven", "act-8", "act-9", "act-10", "act-11", "act-12"]);
        view.Use.Reanchored.ShouldBeFalse();
    }

    [Theory]
    [InlineData(9, 0, false)]
    [InlineData(10, 7, true)]
    [InlineData(19, 7, false)]
    [InlineData(20, 17, true)]
    public void Should_sum_up_anew_after_so_many_turns(int turns, int anchored, bool anew)
    {
        WorkingMemory.Anchored(turns, loop.Context!).ShouldBe(anchored);
        WorkingMemory.Of(RunText.Asked(RunText.Turns(turns)), loop).Use.Reanchored.ShouldBe(anew);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(100)]
    [InlineData(1000)]
    public void Should_never_pass_its_budget_whatever_comes(int turns)
    {
        Prop.ForAll(Any(turns), run =>
        {
            var (asked, policy, taken, anchor) = run;
            var view = WorkingMemory.Of(asked, loop with { Context = policy }, taken, anchor);
            var observed = view.Earlier.Length + view.Last.Sum(text => text.Length);

            return view.Use.Tokens <= view.Use.Budget
                && WorkingMemory.Length(view) <= view.Use.Budget * TokenEstimate.CharactersPerToken
                && observed <= policy.Tokens * TokenEstimate.CharactersPerToken * 3 / 10
                && view.Use.Budget <= Math.Max(0, policy.Tokens - taken)
                && view.Use.Verbatim + view.Use.Summarized == asked.Turns!.Count;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(turns > 100 ? 10 : 40));
    }

    [Theory]
    [InlineData(10, 100)]
    [InlineData(100, 2_000)]
    [InlineData(1000, 50_000)]
    public void Should_give_whoever_sums_up_no_more_than_there_is_room_for(int turns, int length)
    {
        var texts = WorkingMemory.Material(RunText.Turns(turns, length), 20_000);

        LastTurns.Length(texts).ShouldBeInRange(1, 20_000);
    }

    [Fact]
    public void Should_cut_no_letter_in_two()
    {
        var smiles = string.Concat(Enumerable.Repeat("😀", 500));

        for (var most = 0; most < 200; most++)
        {
            var cut = TextCut.Middle(smiles, most);
            cut.Length.ShouldBeLessThanOrEqualTo(most);
            cut.ShouldBe(new string(cut.EnumerateRunes().SelectMany(rune => rune.ToString()).ToArray()));
            cut.ShouldNotContain('\uFFFD');
        }
    }

    private string[] Keys(MakePlan asked) => [.. WorkingMemory.Of(asked, loop).Facts.Split('\n').Select(line => JsonElement.Parse(line).GetProperty("key").GetString()!)];

    private static Arbitrary<(MakePlan Asked, ContextPolicy Policy, int Taken, Anchor? Anchor)> Any(int turns)
    {
        var text = ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "");
        var longText = Gen.OneOf(text, from unit in text from times in Gen.Choose(0, 1000) select string.Concat(Enumerable.Repeat(unit.Length > 20 ? unit[..20] : unit, times)));
        var turn = from id in Gen.Choose(1, turns + 1)
                   from arguments in AnyJson.Value.Generator
                   from output in Gen.OneOf(AnyJson.Value.Generator, longText.Select(content => JsonSerializer.SerializeToElement(content)))
                   from problem in Gen.OneOf(Gen.Constant<string?>(null), longText.Select(why => (string?)why))
                   from subgoal in longText
                   select new Turn($"act-{id}", "file.read", arguments, output, problem, default, subgoal);

        return (from done in turn.ListOf(turns)
                from facts in longText.Zip(longText).Select(pair => new Fact(pair.Item1, pair.Item2, "act-1")).ListOf(Math.Min(turns, 40))
                from said in Gen.Elements("fact", "subgoal", "stall", "feedback").Zip(longText).Select(pair => new Guidance(pair.Item1, pair.Item2, "someone")).ListOf(Math.Min(turns, 40))
                from tokens in Gen.Choose(1000, 20_000)
                from verbatim in Gen.Choose(1, 30)
                from reanchor in Gen.Choose(2, 40)
                from taken in Gen.Choose(0, 20_000)
                from summary in longText
                let policy = new ContextPolicy(tokens, verbatim, reanchor)
                let anchored = WorkingMemory.Anchored(turns, policy)
                select (RunText.Asked([.. done]) with { Facts = [.. facts], Guidance = [.. said] }, policy, taken, anchored > 0 && summary.Length > 0 ? new Anchor(anchored, summary, false) : null)).ToArbitrary();
    }
}
