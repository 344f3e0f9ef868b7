using System.Net;
using System.Text.Json;
using LoopBus.Approval.Tests.Stage;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Execution;
using LoopBus.Hosting;

namespace LoopBus.Approval.Tests.Deciding;

[Collection(OneSite.Name)]
public sealed class When_a_run_is_stuck_or_in_doubt(ApprovalSite site)
{
    private static readonly JsonElement Arguments = JsonSerializer.SerializeToElement(new { to = "ada@example.org" });

    [Theory]
    [InlineData("accept")]
    [InlineData("reject")]
    public async Task Should_let_a_person_say_whether_it_goes_on(string decision)
    {
        var id = Guid.NewGuid();
        var escalation = new Escalation(
            $"stuck-{decision}", "send", "mailing", "missing-answer", "The executor does not answer. Ask it again?", "No answer in 30 s.",
            TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1), []);
        await site.Asker.Say(new Propose<Escalation>(escalation), id);
        var question = await site.Has(id, _ => true, "is kept");
        using var person = await site.SignedIn();

        (await person.Decide(id, decision, question.ActionHash, "as said")).EnsureRedirect();

        if (decision == "accept")
            (await site.Asker.Answer<AcceptProposal<Escalation>>(id)).Act.Comment.ShouldBe("as said");
        else
            (await site.Asker.Answer<RejectProposal<Escalation>>(id)).Act.Reason.Code.ShouldBe("rejected");
    }

    [Theory]
    [InlineData("accept", """{ "messageId": 7 }""")]
    [InlineData("accept", "")]
    [InlineData("reject", "")]
    public async Task Should_sign_a_persons_word_on_what_happened(string decision, string output)
    {
        var (id, effect) = await Ask($"doubt-{decision}-{output.Length}");
        using var person = await site.SignedIn();

        (await person.Decide(id, decision, effect.ActionHash, "I looked", output)).EnsureRedirect();

        var ruling = decision == "accept"
            ? (await site.Asker.Answer<Confirm<EffectHappened>>(id)).Act.Content.Ruling
            : (await site.Asker.Answer<Disconfirm<EffectHappened>>(id)).Act.Content.Ruling;
        using var verifier = new GrantVerifier(site.PublicKey);
        verifier.Problem(ruling.ShouldNotBeNull(), effect.TaskId, effect.StepId, effect.IdempotencyKey).ShouldBeNull();
        ruling.IdempotencyKey.ShouldBe(effect.IdempotencyKey);
        (ruling.Output is null).ShouldBe(output.Length == 0);
    }

    [Fact]
    public async Task Should_not_take_an_output_that_is_no_json()
    {
        var (id, effect) = await Ask("doubt-no-json");
        using var person = await site.SignedIn();

        var answer = await person.Decide(id, "accept", effect.ActionHash, "I looked", "{ nearly");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("{ nearly");
    }

    private async Task<(Guid Id, EffectHappened Effect)> Ask(string taskId)
    {
        var id = Guid.NewGuid();
        var effect = new EffectHappened(
            taskId, "send", "mail.send", Arguments, $"hash of {taskId}", $"key of {taskId}", TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1));
        await site.Asker.Say(new QueryIf<EffectHappened>(effect), id);
        await site.Has(id);
        return (id, effect);
    }
}
