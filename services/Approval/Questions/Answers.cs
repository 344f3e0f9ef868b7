using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Execution;
using LoopBus.Hosting;
using MassTransit;
using Microsoft.Extensions.Options;

namespace LoopBus.Approval.Questions;

/// <summary>Says how a closed question was decided, in the asker's conversation, signed where the executor must believe it.</summary>
internal sealed class Answers(IPublishEndpoint publish, GrantSigner signer, IOptions<ApprovalOptions> options)
{
    public Task Say(Question question, CancellationToken ct) => (question.Kind, question.Status) switch
    {
        (_, QuestionStatus.Open or QuestionStatus.Withdrawn) => Task.CompletedTask,
        (QuestionKind.Action, QuestionStatus.Accepted) => Accept(question, ct),
        (QuestionKind.Action, _) => Say(question, new RejectProposal<GatedAction>(Decided(question) with { Edited = Edited(question) }, ReasonOf(question)), ct),
        (QuestionKind.Escalation, QuestionStatus.Accepted) =>
            Say(question, new AcceptProposal<Escalation>(Stuck(question) with { Intervention = Given(question) }, question.ClosedBecause), ct),
        (QuestionKind.Escalation, _) =>
            Say(question, new RejectProposal<Escalation>(Stuck(question), ReasonOf(question)), ct),
        // Nobody knows: the asker's own deadline ends its wait, and no word of ours may stand for a person's.
        (QuestionKind.Doubt, QuestionStatus.Expired) => Task.CompletedTask,
        _ => Rule(question, ct),
    };

    public Task Refuse(GatedAction action, AclParameters asked, Reason reason, CancellationToken ct) =>
        publish.Say(
            new RejectProposal<GatedAction>(action, reason),
            new AclParameters { ConversationId = asked.ConversationId, Protocol = asked.Protocol, InReplyTo = asked.ReplyWith, Receiver = asked.Sender },
            ct);

    private Task Accept(Question question, CancellationToken ct)
    {
        var at = question.ClosedAt!.Value;
        var approvers = question.Votes.Where(vote => vote.Accepted).OrderBy(vote => vote.At).Select(vote => vote.By).ToList();
        var grant = signer.Sign(new Grant(
            question.TaskId, question.StepId!, question.ActionHash, approvers, at, at + options.Value.GrantLifetime, Signature: ""));
        return Say(question, new AcceptProposal<GatedAction>(Decided(question) with { Grant = grant }, question.ClosedBecause), ct);
    }

    private Task Rule(Question question, CancellationToken ct)
    {
        var effect = Content.Read<EffectHappened>(question);
        var vote = question.Votes.Single();
        JsonElement? output = vote.Output is null ? null : JsonSerializer.Deserialize<JsonElement>(vote.Output);
        var ruling = signer.Sign(new Ruling(
            effect.TaskId, effect.StepId, effect.IdempotencyKey, vote.Accepted, output, vote.By, vote.At, Signature: ""));
        var content = effect with { Ruling = ruling };
        return vote.Accepted
            ? Say(question, new Confirm<EffectHappened>(content, vote.By), ct)
            : Say(question, new Disconfirm<EffectHappened>(content, vote.By), ct);
    }

    private Task Say<T>(Question question, T act, CancellationToken ct)
        where T : class =>
        publish.Say(act, new AclParameters
        {
            ConversationId = question.Id,
            Protocol = question.Conversation.Protocol,
            InReplyTo = question.Conversation.ReplyWith,
            Receiver = question.Conversation.Asker,
        }, ct);

    private static GatedAction Decided(Question question) => Content.Read<GatedAction>(question) with { Decisions = Decisions(question) };

    private static Escalation Stuck(Question question) => Content.Read<Escalation>(question) with { Decisions = Decisions(question) };

    private static JsonElement? Edited(Question question) =>
        question.EditedArguments is { } edited ? JsonSerializer.Deserialize<JsonElement>(edited) : null;

    private static Intervention? Given(Question question) =>
        question.Votes.Find(vote => vote.Intervention is not null) is { } vote ? Content.Intervention(vote) : null;

    private static List<Decision> Decisions(Question question) =>
        [.. question.Votes.OrderBy(vote => vote.At).Select(vote => new Decision(vote.By, vote.Accepted, vote.Comment, vote.At))];

    private static Reason ReasonOf(Question question)
    {
        if (question.Status == QuestionStatus.Expired)
            return new Reason(ReasonCodes.Expired, question.ClosedBecause ?? "Nobody decided in time.");

        var by = question.Votes.First(vote => !vote.Accepted).By;
        return question.Status == QuestionStatus.Edited
            ? new Reason(ReasonCodes.Edited, $"{by} edited the arguments{(question.ClosedBecause is null ? "." : $": {question.ClosedBecause}")}")
            : new Reason(ReasonCodes.Rejected, $"{by}: {question.ClosedBecause}");
    }
}
