using System.Net;
using System.Text.Json;
using LoopBus.Approval.Operators;
using LoopBus.Approval.Questions;
using LoopBus.Approval.Tests.Stage;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;

namespace LoopBus.Approval.Tests.Deciding;

[Collection(OneSite.Name)]
public sealed class When_a_run_that_a_model_plans_is_stuck(ApprovalSite site)
{
    [Fact]
    public async Task Should_show_where_it_stands()
    {
        var id = await site.Ask(Stuck.Run("packet-shown"));
        using var person = await site.SignedIn();

        var page = await person.Text($"/approvals/{id}");

        page.ShouldContain("refunded two of them");
        page.ShouldContain("2 of 4");
        page.ShouldContain("orders.list: open was 4, and is 4 again.");
        page.ShouldContain("Models took 31% of the run's tokens.");
        page.ShouldContain("action by action: 0.90, 0.85, 0.80, 0.60, 0.55, 0.40, 0.35");
        page.ShouldContain("Tell the run who unlocks orders.");
        page.ShouldContain("8120");
        page.ShouldContain("instead of “refund order 4711”");
        page.ShouldContain("value=\"work-decreases\"");
        page.ShouldNotContain("value=\"no-item-twice\"");
        page.ShouldNotContain("value=\"budget-left\"");
    }

    [Fact]
    public async Task Should_be_shown_with_a_packet_that_says_little()
    {
        var id = await site.Ask(Stuck.Run("packet-little") with { Packet = Stuck.Packet() with { Summary = "", Invariants = [], Confidence = [], Interventions = [], State = JsonSerializer.SerializeToElement(7) } });
        using var person = await site.SignedIn();

        (await person.Text($"/approvals/{id}")).ShouldContain("0 of 0");

        (await person.GoOn(site, id, ("fact", "It is unlocked."))).EnsureRedirect();
        (await site.Asker.Answer<AcceptProposal<Escalation>>(id)).Act.Content.Intervention!.Fact.ShouldBe("It is unlocked.");
    }

    [Fact]
    public async Task Should_be_in_the_inbox_with_its_kind_and_iteration()
    {
        await site.Ask(Stuck.Run("packet-inbox"));
        using var person = await site.SignedIn();

        var inbox = await person.Text("/approvals?q=packet-inbox");

        inbox.ShouldContain("invariant fails");
        inbox.ShouldContain("iteration 7");
        inbox.ShouldContain("fell from 4 to 4");
    }

    [Fact]
    public async Task Should_go_on_with_what_a_person_gives_it()
    {
        var id = await site.Ask(Stuck.Run("packet-helped"));
        var ada = await site.Operator();
        using var person = new Browsing(site.Address);
        (await person.SignIn(ada)).EnsureRedirect();

        var answer = await person.GoOn(
            site, id, ("comment", "asked the desk"), ("fact", "  Orders are unlocked by the desk.\r\nNot by us. "), ("subgoal", "Refund all but 4711"),
            ("relax", "sure-enough"), ("relax", "work-decreases"));

        answer.EnsureRedirect().ShouldBe($"/approvals/{id}");
        var said = (await site.Asker.Answer<AcceptProposal<Escalation>>(id)).Act;
        said.Comment.ShouldBe("asked the desk");
        var given = said.Content.Intervention.ShouldNotBeNull();
        given.Fact.ShouldBe("Orders are unlocked by the desk.\nNot by us.");
        given.Subgoal.ShouldBe("Refund all but 4711");
        given.Relax.ShouldBe(["sure-enough", "work-decreases"]);
        given.By.ShouldBe(ada.Name);
        said.Content.Decisions.ShouldNotBeNull().Single().By.ShouldBe(ada.Name);
        var form = await person.Text($"/approvals/{id}");
        form.ShouldContain($"What {ada.Name} gave the run");
        form.ShouldContain("Refund all but 4711");
        form.ShouldContain("goes on");
        (await person.Text($"/audit?q={id}")).ShouldContain("relaxed: sure-enough, work-decreases");
    }

    [Theory]
    [InlineData("fact", "The third is done already.")]
    [InlineData("subgoal", "Stop after two.")]
    [InlineData("relax", "work-decreases")]
    public async Task Should_take_each_without_the_others(string field, string value)
    {
        var id = await site.Ask(Stuck.Run($"packet-only-{field}"));
        using var person = await site.SignedIn();

        (await person.GoOn(site, id, (field, value))).EnsureRedirect();

        var given = (await site.Asker.Answer<AcceptProposal<Escalation>>(id)).Act.Content.Intervention.ShouldNotBeNull();
        new[] { given.Fact, given.Subgoal, given.Relax?.Single() }.ShouldBe([field == "fact" ? value : null, field == "subgoal" ? value : null, field == "relax" ? value : null]);
    }

    [Fact]
    public async Task Should_go_on_without_help_where_a_person_gives_none()
    {
        var id = await site.Ask(Stuck.Run("packet-unhelped"));
        using var person = await site.SignedIn();

        (await person.GoOn(site, id, ("fact", "  "), ("subgoal", ""))).EnsureRedirect();

        (await site.Asker.Answer<AcceptProposal<Escalation>>(id)).Act.Content.Intervention.ShouldBeNull();
    }

    [Fact]
    public async Task Should_repeat_what_it_was_given_where_the_coordinator_asks_again()
    {
        var escalation = Stuck.Run("packet-again");
        var id = await site.Ask(escalation);
        using var person = await site.SignedIn();
        (await person.GoOn(site, id, ("fact", "It is unlocked now."))).EnsureRedirect();
        await site.Asker.Answer<AcceptProposal<Escalation>>(id);

        await site.Asker.Say(new Propose<Escalation>(escalation), id);

        await Testing.Eventually.True(() => site.Asker.Answers(id).Count == 2, TimeSpan.FromSeconds(20), "the answer comes again");
        site.Asker.Answers(id).OfType<Said<AcceptProposal<Escalation>>>().ShouldAllBe(said => said.Act.Content.Intervention!.Fact == "It is unlocked now.");
    }

    [Theory]
    [InlineData("fact", "a", 1001, "The fact has 1001 characters, and may have 1000.")]
    [InlineData("subgoal", "b", 501, "The subgoal has 501 characters, and may have 500.")]
    [InlineData("comment", "c", 4001, "The comment has 4001 characters, and may have 4000.")]
    [InlineData("relax", "budget-left", 1, "The invariant 'budget-left' can not be relaxed")]
    [InlineData("relax", "no-item-twice", 1, "The invariant 'no-item-twice' can not be relaxed")]
    [InlineData("relax", "anything", 1, "The invariant 'anything' can not be relaxed")]
    public async Task Should_name_the_field_that_is_wrong_and_do_nothing(string field, string text, int times, string problem)
    {
        var id = await site.Ask(Stuck.Run($"packet-wrong-{field}-{times}-{text.Length}"));
        using var person = await site.SignedIn();

        using var answer = await person.GoOn(site, id, (field, string.Concat(Enumerable.Repeat(text, times))), ("subgoal", field == "subgoal" ? "" : "kept while it is corrected"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        page.ShouldContain(problem);
        if (field != "subgoal")
            page.ShouldContain("kept while it is corrected");
        (await site.Has(id, _ => true, "is kept")).Status.ShouldBe(QuestionStatus.Open);
        site.Asker.Answers(id).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("fact")]
    [InlineData("subgoal")]
    [InlineData("relax")]
    public async Task Should_take_no_help_for_a_run_that_no_model_plans(string field)
    {
        var id = await site.Ask(Stuck.Run($"packet-none-{field}") with { Packet = null });
        using var person = await site.SignedIn();
        (await person.Text($"/approvals/{id}")).ShouldNotContain($"name=\"{field}\"");

        using var answer = await person.GoOn(site, id, (field, "work-decreases"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("No model plans this run");
        (await site.Has(id, _ => true, "is kept")).Status.ShouldBe(QuestionStatus.Open);
    }

    [Fact]
    public async Task Should_not_be_given_up_by_one_who_helps_it()
    {
        var id = await site.Ask(Stuck.Run("packet-both"));
        var question = await site.Has(id, _ => true, "is kept");
        using var person = await site.SignedIn();

        using var answer = await person.Submit(
            $"/approvals/{id}", $"/approvals/{id}", ("decision", "reject"), ("actionHash", question.ActionHash), ("comment", "enough"), ("fact", "It is unlocked."));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await site.Has(id, _ => true, "is kept")).Status.ShouldBe(QuestionStatus.Open);
        (await person.Decide(id, "reject", question.ActionHash, "enough")).EnsureRedirect();
        (await site.Asker.Answer<RejectProposal<Escalation>>(id)).Act.Content.Intervention.ShouldBeNull();
    }

    [Fact]
    public async Task Should_say_that_it_is_decided_already_whatever_was_typed()
    {
        var id = await site.Ask(Stuck.Run("packet-late"));
        using var first = await site.SignedIn();
        using var second = await site.SignedIn();
        (await first.GoOn(site, id)).EnsureRedirect();

        foreach (var fact in new[] { "a fact", new string('a', 1001) })
        {
            using var late = await second.GoOn(site, id, ("fact", fact));
            late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            var page = await late.Content.ReadAsStringAsync();
            page.ShouldContain("closed already");
            page.ShouldContain($">{fact}</pre>", customMessage: "what was typed is not lost");
        }

        (await site.Has(id, _ => true, "is kept")).Votes.Single().Intervention.ShouldBeNull();
    }

    [Fact]
    public async Task Should_take_nothing_from_a_viewer()
    {
        var id = await site.Ask(Stuck.Run("packet-viewer"));
        var question = await site.Has(id, _ => true, "is kept");
        using var viewer = await site.SignedIn(Roles.Viewer);

        using var answer = await viewer.Submit(
            "/password", $"/approvals/{id}", ("decision", "accept"), ("actionHash", question.ActionHash), ("fact", "mine"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await viewer.Text($"/approvals/{id}")).ShouldNotContain("name=\"fact\"");
        (await site.Has(id, _ => true, "is kept")).Status.ShouldBe(QuestionStatus.Open);
    }
}
