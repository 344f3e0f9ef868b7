using System.Text.Json;
using LoopBus.Contracts.Critique;
using LoopBus.Contracts.Planning;
using LoopBus.Critic.Checks;
using LoopBus.Loops;
using LoopBus.Loops.Json;
using LoopBus.Loops.Prompts;
using LoopBus.Models;
using Microsoft.Extensions.Options;

namespace LoopBus.Critic;

/// <summary>
/// rubric: a model says of each criterion whether the result meets it, and quotes the words that show it. A quote that is not in the result shows nothing: then, and
/// where it cannot tell, the model has abstained, and a criterion that nobody saw hold does not hold.
/// </summary>
internal sealed class RubricJudge(ModelDesk models, IOptions<CriticOptions> options)
{
    /// <exception cref="CritiqueException">No model could be asked, or none judged.</exception>
    public async Task<IEnumerable<Evidence>> Judge(ResultHolds asked, Check check, int index, CancellationToken cancellationToken)
    {
        List<string> criteria;
        List<JsonElement> parts;
        try
        {
            var question = new Question(check.Kind, check.Parameters, asked.Result);
            criteria = question.List("criteria").Select(each => each.ToString()).ToList();
            parts = question.Find("path") is null ? [asked.Result] : [.. question.Select().Found.Select(match => match.Value)];
        }
        catch (CheckException exception)
        {
            return [new Evidence(check.Kind, false, exception.Message)];
        }

        if (parts.Count == 0)
            return [new Evidence(check.Kind, false, $"There is nothing at {check.Parameters.GetProperty("path")} to judge.")];

        var result = Text(parts.Count == 1 ? parts[0] : JsonSerializer.SerializeToElement(parts));
        var answer = await Ask(asked, criteria, result, index, cancellationToken);

        return criteria.Select((criterion, place) => Seen(criterion, answer.Criteria.FirstOrDefault(each => each.Number == place + 1), result));
    }

    private async Task<RubricAnswer> Ask(ResultHolds asked, List<string> criteria, string result, int index, CancellationToken cancellationToken)
    {
        var (input, material) = (Text(asked.Input), Text(asked.Steps));
        var prompt = PromptTemplate.Rubric.Render(new Dictionary<string, object?>
        {
            ["loop"] = asked.Loop,
            ["input"] = Cut(input),
            ["material"] = Cut(material),
            ["result"] = Cut(result),
            ["cut"] = new[] { input, material, result }.Any(text => text.Length > options.Value.MaxJudgedLength),
            ["criteria"] = criteria.Select((text, place) => new Dictionary<string, object?> { ["number"] = place + 1, ["text"] = text }).ToList(),
        });
        try
        {
            var key = IdempotencyKey.For(asked.TaskId, asked.Subject, $"rubric-{index}-{asked.Attempt}");
            var question = new ModelQuestion(key, asked.TaskId, asked.Loop, ModelRole.Judge, [ModelMessage.User(prompt)], RubricAnswer.Schema);
            var (answer, problem) = await models.AskFor<RubricAnswer>(question, _ => Task.CompletedTask, cancellationToken);

            return answer ?? throw new CritiqueException("answer-unusable", $"The judge's answer is no judgement, and its second neither: {problem}");
        }
        catch (ModelException exception)
        {
            throw new CritiqueException(exception.Reason.Code, exception.Reason.Text, exception, exception.Reason.Retryable);
        }
    }

    private static Evidence Seen(string criterion, RubricAnswer.Criterion? judged, string result) => judged switch
    {
        null => new Evidence(CheckKinds.Rubric, false, $"{criterion} The judge said nothing of it."),
        { Holds: null } => new Evidence(CheckKinds.Rubric, false, $"{criterion} The judge cannot tell: {judged.Reason}"),
        { Holds: false } => new Evidence(CheckKinds.Rubric, false, $"{criterion} It does not: {judged.Reason}"),
        { Quote: not { Length: > 0 } } => new Evidence(CheckKinds.Rubric, false, $"{criterion} The judge says so, and quotes nothing."),
        { Quote: var quote } when !result.Contains(quote, StringComparison.Ordinal) && !result.Contains(JsonEncodedText.Encode(quote).Value, StringComparison.Ordinal) =>
            new Evidence(CheckKinds.Rubric, false, $"{criterion} The judge quotes what is not in the result: {Shown.Of(quote)}."),
        { Quote: var quote } => new Evidence(CheckKinds.Rubric, true, $"{criterion} {Shown.Of(quote)}: {judged.Reason}"),
    };

    private string Cut(string text) => text.Length <= options.Value.MaxJudgedLength ? text : text[..options.Value.MaxJudgedLength];

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : CanonicalJson.Of(value);
}
