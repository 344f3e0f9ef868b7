using System.Net;
using System.Text.Json;
using LoopBus.Approval.Operators;
using LoopBus.Approval.Questions;
using LoopBus.Approval.Tests.Stage;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Execution;
using LoopBus.Hosting;

namespace LoopBus.Approval.Tests.Deciding;

[Collection(OneSite.Name)]
public sealed class When_a_person_edits_an_action(ApprovalSite site)
{
    private const string Less = """
        { "method": "POST", "url": "https://shop.example/orders/4711/refund",
          "body": { "amount": 12.50, "reason": "damaged" } }
        """;

    [Fact]
    public async Task Should_send_the_other_arguments_back_to_be_proposed_anew()
    {
        var action = Edits.Action("edit-1");
        var id = await site.Asker.Propose(site, action);
        var ada = await site.Operator();
        using var person = new Browsing(site.Address);
        (await person.SignIn(ada)).EnsureRedirect();

        (await person.Edit(id, action.ActionHash, Less, "only the shipping")).EnsureRedirect().ShouldBe($"/approvals/{id}");

        var answer = await site.Asker.Answer<RejectProposal<GatedAction>>(id);
        answer.Act.Reason.ShouldBe(new Reason("edited", $"{ada.Name} edited the arguments: only the shipping"));
        answer.Act.Content.Edited.ShouldNotBeNull().GetProperty("body").GetProperty("amount").GetRawText().ShouldBe("12.50");
        answer.Act.Content.ActionHash.ShouldBe(action.ActionHash);
        answer.Act.Content.Arguments.GetProperty("body").GetProperty("amount").GetInt32().ShouldBe(20);
        answer.Act.Content.Grant.ShouldBeNull();
        answer.Act.Content.Decisions.ShouldNotBeNull().Single().Accepted.ShouldBeFalse();
        answer.Acl.InReplyTo.ShouldBe("q1");
        answer.Acl.Run.ShouldBe("edit-1");
        var form = await person.Text($"/approvals/{id}");
        form.ShouldContain($"edited by {ada.Name}");
        form.ShouldContain("<del>    \"amount\": 20,</del>");
        form.ShouldContain("<ins>    \"amount\": 12.50,</ins>");
        (await person.Text($"/audit?q={id}")).ShouldContain("only the shipping");
        (await person.Text("/approvals?show=decided&q=edit-1")).ShouldContain("edited");
    }

    [Fact]
    public async Task Should_be_decided_anew_with_another_hash()
    {
        var action = Edits.Action("edit-2");
        var id = await site.Asker.Propose(site, action);
        using var person = await site.SignedIn();
        (await person.Edit(id, action.ActionHash, Less)).EnsureRedirect();
        var edited = (await site.Asker.Answer<RejectProposal<GatedAction>>(id)).Act.Content.Edited!.Value;

        var anew = action.Anew(edited);
        var next = await site.Asker.Propose(site, anew);

        anew.ActionHash.ShouldNotBe(action.ActionHash);
        (await person.Text($"/approvals/{id}")).ShouldContain($"/approvals/{next}");
        var form = await person.Text($"/approvals/{next}");
        form.ShouldContain("Edited by");
        form.ShouldContain($"/approvals/{id}");
        (await person.Decide(next, "accept", action.ActionHash, "")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await person.Decide(next, "accept", anew.ActionHash, "")).EnsureRedirect();
        var grant = (await site.Asker.Answer<AcceptProposal<GatedAction>>(next)).Act.Content.Grant.ShouldNotBeNull();
        using var verifier = new GrantVerifier(site.PublicKey);
        verifier.Problem(grant, "edit-2", "act-3", anew.ActionHash, TimeProvider.System.GetUtcNow()).ShouldBeNull();
        verifier.Problem(grant, "edit-2", "act-3", action.ActionHash, TimeProvider.System.GetUtcNow()).ShouldNotBeNull();
    }

    [Fact]
    public async Task Should_close_what_one_of_two_had_accepted()
    {
        var action = Edits.Action("edit-3", quorum: 2);
        var id = await site.Asker.Propose(site, action);
        using var first = await site.SignedIn();
        using var second = await site.SignedIn();
        using var third = await site.SignedIn();
        (await first.Decide(id, "accept", action.ActionHash, "")).EnsureRedirect();

        (await second.Edit(id, action.ActionHash, Less)).EnsureRedirect();

        (await third.Decide(id, "accept", action.ActionHash, "")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var answer = (await site.Asker.Answer<RejectProposal<GatedAction>>(id)).Act;
        answer.Content.Decisions!.Count.ShouldBe(2);
        answer.Reason.Code.ShouldBe("edited");
        var next = await site.Asker.Propose(site, action.Anew(answer.Content.Edited!.Value));
        (await site.Has(next, _ => true, "is kept")).Votes.ShouldBeEmpty();
        site.Asker.Answers(id).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_count_one_when_two_edit_at_the_same_moment()
    {
        var action = Edits.Action("edit-4", quorum: 2);
        var id = await site.Asker.Propose(site, action);
        using var first = await site.SignedIn();
        using var second = await site.SignedIn();

        var answers = await Task.WhenAll(first.Edit(id, action.ActionHash, Less), second.Edit(id, action.ActionHash, Less.Replace("12.50", "13", StringComparison.Ordinal)));

        answers.Select(answer => answer.StatusCode).Order().ShouldBe([HttpStatusCode.Redirect, HttpStatusCode.Conflict]);
        await site.Asker.Answer<RejectProposal<GatedAction>>(id);
        (await site.Has(id, _ => true, "is kept")).Votes.Count.ShouldBe(1);
        site.Asker.Answers(id).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_repeat_the_edit_where_the_coordinator_asks_again()
    {
        var action = Edits.Action("edit-5");
        var id = await site.Asker.Propose(site, action);
        using var person = await site.SignedIn();
        (await person.Edit(id, action.ActionHash, Less)).EnsureRedirect();
        await site.Asker.Answer<RejectProposal<GatedAction>>(id);

        await site.Asker.Say(new Propose<GatedAction>(action), id);

        await Testing.Eventually.True(() => site.Asker.Answers(id).Count == 2, TimeSpan.FromSeconds(20), "the answer comes again");
        site.Asker.Answers(id).OfType<Said<RejectProposal<GatedAction>>>().ShouldAllBe(said => said.Act.Content.Edited != null);
    }

    [Theory]
    [InlineData("", "are empty")]
    [InlineData("{ \"method\": \"POST\",\n  \"url\": nowhere }", "can not be read as JSON, line 2")]
    [InlineData("[1, 2]", "must be a JSON object")]
    [InlineData("\"POST\"", "must be a JSON object")]
    [InlineData("""{ "method": "POST", "method": "GET", "url": "https://shop.example" }""", "can not be read as JSON: The key 'method' comes twice")]
    [InlineData("""{ "url": "https://shop.example/orders/4711/refund", "method": "POST", "body": { "amount": 20.0, "reason": "damaged" } }""", "are those that it has already")]
    [InlineData("""{ "method": "STEAL", "url": "https://shop.example" }""", "are not what the tool takes: method: must be one of GET, HEAD, POST, PUT, PATCH, DELETE")]
    [InlineData("""{ "method": "POST", "url": "https://shop.example", "to": "me" }""", "are not what the tool takes: to: is unknown here")]
    public async Task Should_say_what_is_wrong_with_the_arguments_and_do_nothing(string arguments, string problem)
    {
        var action = Edits.Action("edit-wrong");
        var id = await site.Asker.Propose(site, action);
        using var person = await site.SignedIn();

        using var answer = await person.Edit(id, action.ActionHash, arguments, "kept while it is corrected");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        page.ShouldContain($"The arguments {problem}", Case.Sensitive);
        page.ShouldContain("kept while it is corrected");
        page.ShouldContain(arguments);
        (await site.Has(id, _ => true, "is kept")).Status.ShouldBe(QuestionStatus.Open);
        site.Asker.Answers(id).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("accept", Less)]
    [InlineData("reject", Less)]
    [InlineData("accept", "{ nearly")]
    public async Task Should_not_decide_while_a_change_is_left_in_the_form(string decision, string arguments)
    {
        var action = Edits.Action($"edit-left-{decision}-{arguments.Length}");
        var id = await site.Asker.Propose(site, action);
        using var person = await site.SignedIn();

        using var answer = await person.Submit(
            $"/approvals/{id}", $"/approvals/{id}", ("decision", decision), ("actionHash", action.ActionHash), ("comment", "yes"), ("arguments", arguments));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("nothing was decided");
        (await site.Has(id, _ => true, "is kept")).Status.ShouldBe(QuestionStatus.Open);
        (await person.Submit(
            $"/approvals/{id}", $"/approvals/{id}", ("decision", decision), ("actionHash", action.ActionHash), ("comment", "yes"),
            ("arguments", action.Arguments.GetRawText()))).EnsureRedirect();
    }

    [Fact]
    public async Task Should_not_decide_an_action_that_the_form_did_not_show()
    {
        var action = Edits.Action("edit-hash");
        var id = await site.Asker.Propose(site, action);
        using var person = await site.SignedIn();

        (await person.Edit(id, Edits.Action("edit-other").ActionHash, Less)).StatusCode.ShouldBe(HttpStatusCode.Conflict);

        (await site.Has(id, _ => true, "is kept")).Status.ShouldBe(QuestionStatus.Open);
    }

    [Theory]
    [InlineData(Less)]
    [InlineData("{ nearly")]
    public async Task Should_say_that_the_time_is_up(string arguments)
    {
        var action = Edits.Action($"edit-late-{arguments.Length}", expiry: TimeSpan.FromSeconds(2));
        var id = await site.Asker.Propose(site, action);
        using var person = await site.SignedIn();
        (await site.Asker.Answer<RejectProposal<GatedAction>>(id)).Act.Reason.Code.ShouldBe("expired");

        using var late = await person.Edit(id, action.ActionHash, arguments);

        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        site.Asker.Answers(id).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_let_those_edit_who_may_approve()
    {
        var action = Edits.Action("edit-viewer");
        var id = await site.Asker.Propose(site, action);
        using var viewer = await site.SignedIn(Roles.Viewer);

        using var answer = await viewer.Submit(
            "/password", $"/approvals/{id}", ("decision", "edit"), ("actionHash", action.ActionHash), ("arguments", Less));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await viewer.Text($"/approvals/{id}")).ShouldNotContain("name=\"arguments\"");
        (await site.Has(id, _ => true, "is kept")).Status.ShouldBe(QuestionStatus.Open);
    }

    [Fact]
    public async Task Should_have_nothing_to_edit_in_another_question()
    {
        var id = await site.Ask(Stuck.Run("edit-stuck"));
        var question = await site.Has(id, _ => true, "is kept");
        using var person = await site.SignedIn();

        (await person.Edit(id, question.ActionHash, Less)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        (await site.Has(id, _ => true, "is kept")).Status.ShouldBe(QuestionStatus.Open);
    }
}
