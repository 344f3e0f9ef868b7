using System.Text.Json;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Execution;
using LoopBus.Contracts.Planning;

namespace LoopBus.Approval.Questions;

/// <summary>What of the asker's content the form shows.</summary>
/// <param name="Packet">Where a stuck run stands, of one that a model plans.</param>
internal sealed record Brief(JsonElement? Arguments, Undo? Undo, string? Detail, IReadOnlyList<TrailEntry> Trail, Packet? Packet = null)
{
    public static Brief Of(Question question)
    {
        switch (question.Kind)
        {
            case QuestionKind.Action:
                var action = Content.Read<GatedAction>(question);
                return new(action.Arguments, action.Undo, null, action.Trail ?? []);
            case QuestionKind.Escalation:
                var escalation = Content.Read<Escalation>(question);
                return new(null, null, escalation.Detail, escalation.Trail ?? [], escalation.Packet);
            default:
                var doubt = Content.Read<EffectHappened>(question);
                return new(doubt.Arguments, null, "The executor began this action and was interrupted before it knew the outcome. Look at the place where the effect would show, and say what you find.", []);
        }
    }
}
