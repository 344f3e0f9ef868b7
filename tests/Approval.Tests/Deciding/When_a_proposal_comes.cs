using LoopBus.Approval.Questions;
using LoopBus.Approval.Tests.Stage;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Approval.Tests.Deciding;

[Collection(OneSite.Name)]
public sealed class When_a_proposal_comes(ApprovalSite site)
{
    [Fact]
    public async Task Should_be_one_form_however_often_it_comes()
    {
        var action = Asker.Action("twice-1");
        var id = await site.Asker.Propose(site, action);

        await site.Asker.Say(new Propose<GatedAction>(action), id);
        await site.Asker.Say(new Propose<GatedAction>(action), id);

        using var person = await site.SignedIn();
        (await person.Decide(id, "accept", action.ActionHash, "")).EnsureRedirect();
        await site.Asker.Answer<AcceptProposal<GatedAction>>(id);
        (await site.Read(db => db.Questions.CountAsync(question => question.TaskId == "twice-1"))).ShouldBe(1);
    }

    [Fact]
    public async Task Should_repeat_its_answer_where_it_was_decided_already()
    {
        var action = Asker.Action("again-1");
        var id = await site.Asker.Propose(site, action);
        using var person = await site.SignedIn();
        (await person.Decide(id, "accept", action.ActionHash, "")).EnsureRedirect();
        await site.Asker.Answer<AcceptProposal<GatedAction>>(id);

        await site.Asker.Say(new Propose<GatedAction>(action), id);

        await Testing.Eventually.True(() => site.Asker.Answers(id).Count == 2, TimeSpan.FromSeconds(20), "the answer comes again");
    }

    [Fact]
    public async Task Should_expire_by_itself()
    {
        var id = await site.Asker.Propose(site, Asker.Action("expiry-1", expiry: TimeSpan.FromSeconds(2)));

        (await site.Asker.Answer<RejectProposal<GatedAction>>(id)).Act.Reason.Code.ShouldBe("expired");

        using var person = await site.SignedIn();
        (await person.Text($"/approvals/{id}")).ShouldContain("expired");
    }

    [Fact]
    public async Task Should_expire_at_once_where_it_comes_too_late()
    {
        var id = await site.Asker.Propose(site, Asker.Action("expiry-2", expiry: TimeSpan.FromSeconds(-5)));

        (await site.Asker.Answer<RejectProposal<GatedAction>>(id)).Act.Reason.Code.ShouldBe("expired");
    }

    [Fact]
    public async Task Should_close_as_withdrawn_when_the_run_is_cancelled()
    {
        var action = Asker.Action("withdrawn-1");
        var id = await site.Asker.Propose(site, action);

        await site.Asker.Say(new Cancel<GatedAction>(action, "cancelled: by Ada"), id, "c1");

        (await site.Asker.Answer<Inform<GatedAction>>(id)).Acl.InReplyTo.ShouldBe("c1");
        using var person = await site.SignedIn();
        (await person.Text($"/approvals/{id}")).ShouldContain("cancelled: by Ada");
        (await person.Decide(id, "accept", action.ActionHash, "")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Should_stay_withdrawn_where_its_cancel_came_first()
    {
        var action = Asker.Action("withdrawn-2");
        var id = Guid.NewGuid();
        await site.Asker.Say(new Cancel<GatedAction>(action, "gone"), id, "c1");
        await site.Asker.Answer<Inform<GatedAction>>(id);

        await site.Asker.Say(new Propose<GatedAction>(action), id);

        var later = await site.Asker.Propose(site, Asker.Action("withdrawn-3"));
        later.ShouldNotBe(id);
        (await site.Has(id, _ => true, "is kept")).Status.ShouldBe(QuestionStatus.Withdrawn);
    }

    [Fact]
    public async Task Should_not_be_shown_with_the_hash_of_another_action()
    {
        var forged = Asker.Action("forged-2") with { ActionHash = Asker.Action("forged-3").ActionHash };
        var id = Guid.NewGuid();

        await site.Asker.Say(new Propose<GatedAction>(forged), id);

        (await site.Asker.Answer<RejectProposal<GatedAction>>(id)).Act.Reason.Code.ShouldBe("hash-mismatch");
        (await site.Read(db => db.Questions.AnyAsync(question => question.Id == id))).ShouldBeFalse();
    }
}
