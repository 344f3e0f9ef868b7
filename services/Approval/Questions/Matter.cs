using LoopBus.Contracts.Approval;

namespace LoopBus.Approval.Questions;

/// <summary>Why a run is stuck, as a kind and in its own words, and at which of its iterations; the latter of a run that a model plans.</summary>
internal sealed record Matter(string? Kind, string? Why, int? Iteration)
{
    // A badge says of each of them already that it is stuck.
    private const string PlainlyStuck = "stuck";

    public static Matter Of(Question question)
    {
        if (question.Kind != QuestionKind.Escalation)
            return new(null, null, null);

        var escalation = Content.Read<Escalation>(question);
        return new(escalation.Kind == PlainlyStuck ? null : escalation.Kind?.Replace('-', ' '), escalation.Detail, escalation.Packet?.Iteration);
    }
}
