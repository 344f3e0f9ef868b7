using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Planning;
using LoopBus.Loops;
using LoopBus.Loops.Prompts;
using LoopBus.Loops.Tools;
using LoopBus.Models;
using Microsoft.Extensions.Options;

namespace LoopBus.Planner;

/// <summary>
/// Has a model write the plan: one question, and one chance to mend an answer that is no plan. Whether the plan may run is for the coordinator to say; what it
/// rejects comes back with the reasons, as a further attempt.
/// </summary>
internal sealed class ModelPlanner(ModelDesk models, PlanSpending spending, ToolCatalogue tools, IOptions<PlannerOptions> options) : IPlanner
{
    public bool Plans(LoopDefinition loop) => loop.Planner == LoopDefinition.Model;

    public async Task<Proposal> Plan(MakePlan asked, LoopDefinition loop, CancellationToken cancellationToken)
    {
        List<ModelMessage> messages;
        try
        {
            messages = [ModelMessage.User(Prompt(asked, loop))];
        }
        catch (FormatException exception)
        {
            return Proposal.None("prompt-invalid", $"The prompt of {loop.Name}@{loop.Version} cannot be filled in: {exception.Message}");
        }

        var problem = "";
        foreach (var key in new[] { "model", "mend" })
        {
            if (await spending.Problem(asked.TaskId, loop, messages, cancellationToken) is { } over)
                return Proposal.None("budget-exceeded", over);

            ModelAnswer answer;
            try
            {
                answer = await models.Ask(
                    new ModelQuestion(IdempotencyKey.For(asked.TaskId, "plan", $"{key}-{asked.Attempt}"), asked.TaskId, loop.Name, ModelRole.Planner, messages, PlanAnswer.Schema),
                    cancellationToken);
            }
            catch (ModelException exception)
            {
                return exception.Reason.Retryable ? Proposal.Failure(exception.Reason) : new Proposal(null, exception.Reason);
            }

            (var plan, problem) = PlanAnswer.Read(answer.Text);
            if (plan is not null)
                return Proposal.Of(plan.ToPlan(asked, await spending.Of(asked.TaskId, cancellationToken)));

            messages = [.. messages, ModelMessage.Assistant(Short(answer.Text)), ModelMessage.User($"That is no plan as it was asked for: {problem} Answer again, with the JSON object and nothing else.")];
        }

        return Proposal.Failure(new Reason("answer-unusable", $"The model's answer is no plan, and its second neither: {problem}", Retryable: true));
    }

    private string Prompt(MakePlan asked, LoopDefinition loop) => (loop.Prompt is { } own ? new PromptTemplate(own) : PromptTemplate.Plan).Render(new Dictionary<string, object?>
    {
        ["loop"] = new Dictionary<string, object?> { ["name"] = loop.Name, ["version"] = loop.Version, ["description"] = loop.Description },
        ["task"] = loop.Task,
        ["input"] = asked.Input,
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

    private string Short(string text) => text.Length <= options.Value.MaxAnswerLength ? text : text[..options.Value.MaxAnswerLength];
}
