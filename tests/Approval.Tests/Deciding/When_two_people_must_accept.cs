using System.Net;
using LoopBus.Approval.Questions;
using LoopBus.Approval.Tests.Stage;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Execution;

namespace LoopBus.Approval.Tests.Deciding;

[Collection(OneSite.Name)]
public sealed class When_two_people_must_accept(ApprovalSite site)
{
    [Fact]
    public async Task Should_wait_for_the_second_and_name_both_in_the_grant()
    {
        var action = Asker.Action("two-1", quorum: 2, radius: BlastRadius.High);
        var id = await site.Asker.Propose(site, action);
        using var first = await site.SignedIn();
        using var second = await site.SignedIn();

        (await first.Decide(id, "accept", action.ActionHash, "")).EnsureRedirect();
        (await site.Has(id, _ => true, "is kept")).Status.ShouldBe(QuestionStatus.Open);
        (await second.Decide(id, "accept", action.ActionHash, "")).EnsureRedirect();

        (await site.Asker.Answer<AcceptProposal<GatedAction>>(id)).Act.Content.Grant!.Approvers.Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Should_not_let_one_person_be_both()
    {
        var action = Asker.Action("two-2", quorum: 2);
        var id = await site.Asker.Propose(site, action);
        using var person = await site.SignedIn();
        (await person.Decide(id, "accept", action.ActionHash, "")).EnsureRedirect();

        (await person.Decide(id, "accept", action.ActionHash, "")).StatusCode.ShouldBe(HttpStatusCode.Conflict);

        (await site.Has(id, _ => true, "is kept")).Status.ShouldBe(QuestionStatus.Open);
    }

    [Fact]
    public async Task Should_count_each_when_both_press_at_the_same_moment()
    {
        var action = Asker.Action("two-3", quorum: 2);
        var id = await site.Asker.Propose(site, action);
        using var first = await site.SignedIn();
        using var second = await site.SignedIn();

        await Task.WhenAll(
            first.Decide(id, "accept", action.ActionHash, ""),
            second.Decide(id, "accept", action.ActionHash, ""));

        await site.Asker.Answer<AcceptProposal<GatedAction>>(id);
        (await site.Has(id, _ => true, "is kept")).Votes.Count.ShouldBe(2);
        site.Asker.Answers(id).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_end_with_one_rejection()
    {
        var action = Asker.Action("two-4", quorum: 2);
        var id = await site.Asker.Propose(site, action);
        using var first = await site.SignedIn();
        using var second = await site.SignedIn();
        (await first.Decide(id, "accept", action.ActionHash, "")).EnsureRedirect();

        (await second.Decide(id, "reject", action.ActionHash, "not today")).EnsureRedirect();

        (await site.Asker.Answer<RejectProposal<GatedAction>>(id)).Act.Content.Decisions!.Count.ShouldBe(2);
    }
}
