using System.Net;
using LoopBus.Approval.Operators;
using LoopBus.Approval.Questions;
using LoopBus.Approval.Tests.Stage;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Hosting;

namespace LoopBus.Approval.Tests.Deciding;

[Collection(OneSite.Name)]
public sealed class When_a_person_decides(ApprovalSite site)
{
    [Fact]
    public async Task Should_accept_with_a_grant_for_exactly_that_action()
    {
        var action = Asker.Action("accept-1");
        var id = await site.Asker.Propose(site, action);
        using var person = await site.SignedIn();

        (await person.Decide(id, "accept", action.ActionHash, "go")).EnsureRedirect().ShouldBe($"/approvals/{id}");

        var answer = await site.Asker.Answer<AcceptProposal<GatedAction>>(id);
        var grant = answer.Act.Content.Grant.ShouldNotBeNull();
        using var verifier = new GrantVerifier(site.PublicKey);
        verifier.Problem(grant, "accept-1", "post", action.ActionHash, TimeProvider.System.GetUtcNow()).ShouldBeNull();
        grant.ActionHash.ShouldBe(action.ActionHash);
        grant.ExpiresAt.ShouldBeGreaterThan(grant.GrantedAt);
        answer.Act.Content.Decisions.ShouldNotBeNull().Single().Comment.ShouldBe("go");
        answer.Acl.InReplyTo.ShouldBe("q1");
        answer.Acl.Protocol.ShouldBe("fipa-propose");
        answer.Acl.Run.ShouldBe("accept-1");
        (await person.Text($"/approvals/{id}")).ShouldContain("accepted");
    }

    [Fact]
    public async Task Should_reject_with_the_comment_as_the_reason()
    {
        var action = Asker.Action("reject-1");
        var id = await site.Asker.Propose(site, action);
        using var person = await site.SignedIn();

        (await person.Decide(id, "reject", action.ActionHash, "wrong branch")).EnsureRedirect();

        var reason = (await site.Asker.Answer<RejectProposal<GatedAction>>(id)).Act.Reason;
        reason.Code.ShouldBe("rejected");
        reason.Text.ShouldContain("wrong branch");
    }

    [Fact]
    public async Task Should_ask_for_a_comment_before_it_rejects()
    {
        var action = Asker.Action("reject-2");
        var id = await site.Asker.Propose(site, action);
        using var person = await site.SignedIn();

        var answer = await person.Decide(id, "reject", action.ActionHash, " ");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await site.Has(id, _ => true, "is kept")).Status.ShouldBe(QuestionStatus.Open);
    }

    [Fact]
    public async Task Should_count_a_double_submit_once()
    {
        var action = Asker.Action("double-1", quorum: 2);
        var id = await site.Asker.Propose(site, action);
        using var person = await site.SignedIn();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => person.Decide(id, "accept", action.ActionHash, "yes")));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Redirect).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).ShouldBe(3);
        (await site.Has(id, _ => true, "is kept")).Votes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_say_that_a_decided_form_is_closed()
    {
        var action = Asker.Action("closed-1");
        var id = await site.Asker.Propose(site, action);
        using var first = await site.SignedIn();
        using var second = await site.SignedIn();
        (await first.Decide(id, "accept", action.ActionHash, "")).EnsureRedirect();

        var late = await second.Decide(id, "reject", action.ActionHash, "no");

        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await late.Content.ReadAsStringAsync()).ShouldContain("closed already");
        (await (await first.Decide(id, "accept", action.ActionHash, "")).Content.ReadAsStringAsync()).ShouldContain("You decided this already");
        await site.Asker.Answer<AcceptProposal<GatedAction>>(id);
        site.Asker.Answers(id).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_not_decide_an_action_that_the_form_did_not_show()
    {
        var id = await site.Asker.Propose(site, Asker.Action("hash-1"));
        using var person = await site.SignedIn();

        var answer = await person.Decide(id, "accept", Asker.Action("hash-2").ActionHash, "");

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await site.Has(id, _ => true, "is kept")).Status.ShouldBe(QuestionStatus.Open);
    }

    [Fact]
    public async Task Should_not_let_a_viewer_decide()
    {
        var action = Asker.Action("viewer-1");
        var id = await site.Asker.Propose(site, action);
        using var viewer = await site.SignedIn(Roles.Viewer);

        var answer = await viewer.Submit("/password", $"/approvals/{id}", ("decision", "accept"), ("actionHash", action.ActionHash));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await viewer.Text($"/approvals/{id}")).ShouldNotContain("name=\"decision\"");
        (await site.Has(id, _ => true, "is kept")).Status.ShouldBe(QuestionStatus.Open);
    }

    [Fact]
    public async Task Should_turn_down_a_form_without_its_antiforgery_token()
    {
        var action = Asker.Action("forged-1");
        var id = await site.Asker.Propose(site, action);
        using var person = await site.SignedIn();

        var answer = await person.Post($"/approvals/{id}", ("decision", "accept"), ("actionHash", action.ActionHash));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await site.Has(id, _ => true, "is kept")).Status.ShouldBe(QuestionStatus.Open);
    }

    [Fact]
    public async Task Should_write_who_decided_into_the_audit()
    {
        var action = Asker.Action("audit-1");
        var id = await site.Asker.Propose(site, action);
        using var person = await site.SignedIn();
        (await person.Decide(id, "accept", action.ActionHash, "seen & checked")).EnsureRedirect();

        (await person.Text($"/audit?q={id}")).ShouldContain("seen & checked");
    }
}
