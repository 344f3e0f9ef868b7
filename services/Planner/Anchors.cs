using LoopBus.Contracts.Planning;
using LoopBus.Loops;
using LoopBus.Loops.Memory;
using LoopBus.Loops.Prompts;
using LoopBus.Models;
using LoopBus.Persistence;

namespace LoopBus.Planner;

/// <summary>Has the older turns of a long run summed up by a model, once in so many turns: what it wrote is kept, and shown until the next time.</summary>
internal sealed class Anchors(ModelDesk models, PlanSpending spending, IRows rows, PlannerLog log)
{
    // Of the loop's context, in tenths: what the one who sums up is shown.
    private const int MaterialTenths = 6;

    /// <param name="what">What is decided: plan, act.</param>
    /// <returns>
    /// The anchor, where one is due and somebody made it; and the idempotency key of the decision. With an anchor it is another question: a decision that was made without
    /// one, because nobody could make it then, is found again as it was.
    /// </returns>
    public async Task<(Anchor? Anchor, string Key)> Of(MakePlan asked, LoopDefinition loop, string what, CancellationToken cancellationToken)
    {
        var plain = IdempotencyKey.For(asked.TaskId, what, $"model-{asked.Attempt}");
        var policy = loop.Context ?? new ContextPolicy();
        var count = WorkingMemory.Anchored(asked.Turns?.Count ?? 0, policy);
        if (count == 0 || models.Most(ModelRole.Summarizer, loop.Name, []) is null || await rows.Find<ModelCall>(plain, cancellationToken) is not null)
            return (null, plain);

        try
        {
            return (await Make(asked, loop, policy, count, cancellationToken), IdempotencyKey.For(asked.TaskId, what, $"anchored-{asked.Attempt}"));
        }
        catch (ModelException exception)
        {
            log.NotSummedUp(asked.TaskId, asked.Attempt, exception.Reason.Code, exception.Reason.Text);

            return (null, plain);
        }
    }

    private async Task<Anchor> Make(MakePlan asked, LoopDefinition loop, ContextPolicy policy, int count, CancellationToken cancellationToken)
    {
        var (turns, tokens) = (asked.Turns!.Count, policy.Tokens);
        var prompt = PromptTemplate.Summary.Render(new Dictionary<string, object?>
        {
            ["loop"] = new Dictionary<string, object?> { ["name"] = loop.Name },
            ["task"] = loop.Task,
            ["actions"] = WorkingMemory.Material([.. asked.Turns.Take(count)], tokens * TokenEstimate.CharactersPerToken / 10 * MaterialTenths),
            ["words"] = Math.Clamp(tokens / 16, 60, 600),
        });
        var at = count + policy.Verbatim;
        var question = new ModelQuestion(IdempotencyKey.For(asked.TaskId, "anchor", $"turn-{at}"), asked.TaskId, loop.Name, ModelRole.Summarizer, [ModelMessage.User(prompt)]);
        var answer = await models.Ask(question, messages => spending.Require(asked, loop, ModelRole.Summarizer, messages, cancellationToken), cancellationToken);

        return answer.Text.Trim() is { Length: > 0 } text
            ? new Anchor(count, text, turns == at || !answer.FromJournal)
            : throw ModelException.Of("answer-unusable", "The summarizer said nothing.", retryable: false);
    }
}
