using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Planning;
using LoopBus.Loops;
using LoopBus.Models;

namespace LoopBus.Planner;

/// <summary>Asks a loop's model for a proposal: one question, and one chance to mend an answer that is none.</summary>
internal sealed class PlanQuestion(ModelDesk models, PlanSpending spending)
{
    /// <param name="key">The idempotency key of the question: its answer is paid for once.</param>
    /// <param name="what">What the answer is to be, for people: plan, action.</param>
    /// <param name="wrong">What is wrong with an answer that has the schema's form.</param>
    /// <param name="plan">The proposal that an answer is.</param>
    /// <exception cref="ModelException">As <see cref="ModelDesk.Ask"/>, or the budget is spent.</exception>
    public async Task<Proposal> Ask<T>(
        MakePlan asked, LoopDefinition loop, string key, string prompt, JsonElement schema, string what, Func<T, string?> wrong, Func<T, Spent, Plan> plan, CancellationToken cancellationToken)
        where T : class
    {
        var question = new ModelQuestion(key, asked.TaskId, loop.Name, ModelRole.Planner, [ModelMessage.User(prompt)], schema);
        var (answer, problem) = await models.AskFor(question, messages => spending.Require(asked, loop, ModelRole.Planner, messages, cancellationToken), wrong, cancellationToken);

        return answer is not null
            ? Proposal.Of(plan(answer, await spending.Of(asked.TaskId, cancellationToken)))
            : Proposal.Failure(new Reason("answer-unusable", $"The model's answer is no {what}, and its second neither: {problem}", Retryable: true));
    }
}
