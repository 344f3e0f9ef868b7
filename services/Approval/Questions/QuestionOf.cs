using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Execution;
using LoopBus.Hosting;

namespace LoopBus.Approval.Questions;

/// <summary>Makes a question of each content that may be asked.</summary>
internal static class QuestionOf
{
    public static Question Action(GatedAction action, AclParameters acl, DateTimeOffset now) => new()
    {
        Id = QuestionId.Of(acl.ConversationId, QuestionKind.Action, action.TaskId, action.StepId, action.ActionHash),
        Kind = QuestionKind.Action,
        TaskId = action.TaskId,
        StepId = action.StepId,
        Loop = action.Loop,
        Tool = action.Tool,
        Title = string.IsNullOrWhiteSpace(action.Summary) ? action.Tool : action.Summary,
        Effect = action.Effect,
        BlastRadius = action.BlastRadius,
        ActionHash = action.ActionHash,
        Quorum = Math.Max(1, action.Quorum),
        Content = Content.Write(action),
        Conversation = ConversationOf(acl),
        AskedAt = now,
        ExpiresAt = action.ExpiresAt.ToUniversalTime(),
    };

    public static Question Escalation(Escalation escalation, AclParameters acl, DateTimeOffset now)
    {
        var hash = QuestionId.HashOf(escalation.TaskId, escalation.StepId, escalation.Kind, escalation.Question);
        return new()
        {
            Id = QuestionId.Of(acl.ConversationId, QuestionKind.Escalation, escalation.TaskId, escalation.StepId, hash),
            Kind = QuestionKind.Escalation,
            TaskId = escalation.TaskId,
            StepId = escalation.StepId,
            Loop = escalation.Loop,
            Title = string.IsNullOrWhiteSpace(escalation.Question) ? $"Go on with {escalation.TaskId}?" : escalation.Question,
            ActionHash = hash,
            Quorum = 1,
            Content = Content.Write(escalation),
            Conversation = ConversationOf(acl),
            AskedAt = now,
            ExpiresAt = escalation.ExpiresAt.ToUniversalTime(),
        };
    }

    public static Question Doubt(EffectHappened effect, AclParameters acl, DateTimeOffset now) => new()
    {
        Id = QuestionId.Of(acl.ConversationId, QuestionKind.Doubt, effect.TaskId, effect.StepId, effect.ActionHash),
        Kind = QuestionKind.Doubt,
        TaskId = effect.TaskId,
        StepId = effect.StepId,
        Tool = effect.Tool,
        Title = $"Did {effect.Tool} happen?",
        ActionHash = effect.ActionHash,
        Quorum = 1,
        Content = Content.Write(effect),
        Conversation = ConversationOf(acl),
        AskedAt = now,
        ExpiresAt = effect.ExpiresAt.ToUniversalTime(),
    };

    private static Conversation ConversationOf(AclParameters acl) => new(acl.Protocol, acl.ReplyWith, acl.Sender);
}
