using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Planning;
using LoopBus.Loops;
using LoopBus.Loops.Prompts;
using LoopBus.Loops.Tools;
using LoopBus.Models;

namespace LoopBus.Planner;

/// <summary>
/// Has a model write the plan: one question, and one chance to mend an answer that is no plan. Whether the plan may run is for the coordinator to say; what it
/// rejects comes back with the reasons, as a further attempt.
/// </summary>
internal sealed class ModelPlanner(ModelDesk models, PlanSpending spending, ToolCatalogue tools) : IPlanner
{
    public bool Plans(LoopDefinition loop) => loop.Planner == LoopDefinition.Model;

    public async Task<Proposal> Plan(MakePlan asked, LoopDefinition loop, CancellationToken cancellationToken)
    {
        string prompt;
        try
        {
            prompt = Prompt(asked, loop);
        }
        catch (FormatException exception)
        {
            return Proposal.None("prompt-invalid", $"The prompt of {loop.Name}@{loop.Version} cannot be filled in: {exception.Message}");
        }

        try
        {
            var key = IdempotencyKey.For(asked.TaskId, "plan", $"model-{asked.Attempt}");
            var question = new ModelQuestion(key, asked.TaskId, loop.Name, ModelRole.Planner, [ModelMessage.User(prompt)], PlanAnswer.Schema);
            var (answer, problem) = await models.AskFor<PlanAnswer>(question, messages => spending.Require(asked.TaskId, loop, messages, cancellationToken), cancellationToken);

            return answer is not null
                ? Proposal.Of(answer.ToPlan(asked, await spending.Of(asked.TaskId, cancellationToken)))
                : Proposal.Failure(new Reason("answer-unusable", $"The model's answer is no plan, and its second neither: {problem}", Retryable: true));
        }
        catch (ModelException exception)
        {
            return exception.Reason.Retryable ? Proposal.Failure(exception.Reason) : new Proposal(null, exception.Reason);
        }
    }

    private string Prompt(MakePlan asked, LoopDefinition loop) => (loop.Prompt is { } own ? PromptTemplate.Of(own) : PromptTemplate.Plan).Render(new Dictionary<string, object?>
    {
        ["loop"] = new Dictionary<string, object?> { ["name"] = loop.Name, ["version"] = loop.Version, ["description"] = loop.Description },
        ["task"] = loop.Task,
        ["input"] = PromptTemplate.Plain(asked.Input),
        ["limits"] = new Dictionary<string, object?> { ["iterations"] = loop.Limits.Iterations },
        ["tools"] = loop.Tools.Select(tools.Find).OfType<ToolDescriptor>().Select(tool => new Dictionary<string, object?>
        {
            ["name"] = tool.Name,
            ["description"] = tool.Description,
            ["effect"] = tool.Effect.ToString(),
            ["blastRadius"] = tool.BlastRadius.ToString(),
            ["compensation"] = tool.Compensation,
            ["input"] = tool.Input,
            ["output"] = tool.Output,
        }).ToList(),
        ["rejections"] = asked.Rejections,
    });
}
