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
/// rubric: a model says of each criterion whether the result meets it, and quotes the words that show it; preferred: in which of two candidates each is met better.
/// It is asked in both orders. A quote that is not there shows nothing: then, where it cannot tell, and where the orders disagree, the model has abstained.
/// </summary>
internal sealed class RubricJudge(ModelDesk models, JudgeSpending spending, IOptions<CriticOptions> options)
{
    /// <exception cref="CritiqueException">No model could be asked, or none judged.</exception>
    public async Task<IEnumerable<Evidence>> Judge(ResultHolds asked, Check check, int index, CancellationToken cancellationToken)
    {
        List<string> criteria;
        List<JsonElement> parts;
        string? other;
        bool passes;
        try
        {
            var question = new Question(check.Kind, check.Parameters, asked.Result);
            criteria = question.List("criteria").Select(each => each.ToString()).ToList();
            parts = [.. question.SelectOrAll().Found.Select(match => match.Value)];
            other = check.Kind == CheckKinds.Preferred ? Shown.Whole(question.Value("over")) : null;
            passes = question.Find("onAbstain") is not null && question.Text("onAbstain") == CheckKinds.Pass;
        }
        catch (CheckException exception)
        {
            return [new Evidence(check.Kind, false, exception.Message)];
        }

        if (parts.Count == 0)
            return [new Evidence(check.Kind, false, $"There is nothing at {check.Parameters.GetProperty("path")} to judge.")];

        var matter = new Matter(asked, check.Kind, criteria, Shown.Whole(parts.Count == 1 ? parts[0] : JsonSerializer.SerializeToElement(parts)), other);
        var key = $"{check.Kind}-{index}";
        var first = await Ask(matter, swapped: false, key, cancellationToken);
        // One criterion of one candidate has no other order.
        var second = criteria.Count == 1 && other is null ? first : await Ask(matter, swapped: true, $"{key}-swapped", cancellationToken);

        return criteria.Select((criterion, place) => Opinion.Of(first[place], second[place]).AsEvidence(check.Kind, criterion, passes)).ToList();
    }

    private async Task<List<Opinion>> Ask(Matter matter, bool swapped, string key, CancellationToken cancellationToken)
    {
        var isComparison = matter.Other is not null;
        var prompt = (isComparison ? PromptTemplate.Comparison : PromptTemplate.Rubric).Render(Values(matter, swapped));
        var answer = await Ask(matter.Asked, prompt, isComparison ? JudgeAnswer.Comparison : JudgeAnswer.Rubric, key, cancellationToken);

        return [.. matter.Criteria.Select((_, place) => answer.Criteria.FirstOrDefault(each => each.Number == place + 1) switch
        {
            null => new Opinion(null, "The judge said nothing of it."),
            { } judged when isComparison => Preferred(judged, matter.Result, resultFirst: !swapped),
            { } judged => Seen(judged, matter.Result),
        })];
    }

    // The one place where the critic asks a model.
    private async Task<JudgeAnswer> Ask(ResultHolds asked, string prompt, JsonElement schema, string key, CancellationToken cancellationToken)
    {
        try
        {
            // The same question is paid for once, whatever became of others of its verdict; only an answer that is none is asked for again, once in each attempt.
            var (answer, problem) = await Judged($"{key}-{Fingerprint.Of(prompt)}");
            if (answer is null && asked.Attempt > 1)
                (answer, problem) = await Judged($"{key}-{asked.Attempt}");

            return answer ?? throw new CritiqueException("answer-unusable", $"The judge's answer is no judgement, and its second neither: {problem}");

            Task<(JudgeAnswer? Answer, string? Problem)> Judged(string question) => models.AskFor<JudgeAnswer>(
                new ModelQuestion(IdempotencyKey.For(asked.TaskId, asked.Subject, question), asked.TaskId, asked.Loop, ModelRole.Judge, [ModelMessage.User(prompt)], schema),
                messages => spending.Require(asked, messages, cancellationToken),
                cancellationToken);
        }
        catch (ModelException exception)
        {
            throw new CritiqueException(exception.Reason.Code, exception.Reason.Text, exception, exception.Reason.Retryable);
        }
    }

    // Each criterion keeps its number, whatever its place.
    private Dictionary<string, object?> Values(Matter matter, bool swapped)
    {
        var (input, material) = (Shown.Whole(matter.Asked.Input), Shown.Whole(matter.Asked.Steps));
        var criteria = matter.Criteria.Select((text, place) => new Dictionary<string, object?> { ["number"] = place + 1, ["text"] = text });

        return new Dictionary<string, object?>
        {
            ["loop"] = matter.Asked.Loop,
            ["input"] = Cut(input),
            ["material"] = Cut(material),
            ["result"] = Cut(matter.Result),
            ["first"] = Cut(swapped ? matter.Other ?? "" : matter.Result),
            ["second"] = Cut(swapped ? matter.Result : matter.Other ?? ""),
            ["cut"] = new[] { input, material, matter.Result, matter.Other ?? "" }.Any(text => text.Length > options.Value.MaxJudgedLength),
            ["criteria"] = (swapped ? criteria.Reverse() : criteria).ToList(),
        };
    }

    private static Opinion Seen(JudgeAnswer.Criterion judged, string result) => judged.Holds switch
    {
        null => new Opinion(null, $"The judge cannot tell: {judged.Reason}"),
        false => new Opinion(false, $"It does not: {judged.Reason}"),
        true => Shows(judged, result),
    };

    private static Opinion Preferred(JudgeAnswer.Criterion judged, string result, bool resultFirst) => judged.Better switch
    {
        null => new Opinion(null, $"The judge cannot tell: {judged.Reason}"),
        JudgeAnswer.Same => new Opinion(true, $"It is as good: {judged.Reason}"),
        _ when judged.Better == JudgeAnswer.First == resultFirst => Shows(judged, result),
        _ => new Opinion(false, $"The other is better: {judged.Reason}"),
    };

    private static Opinion Shows(JudgeAnswer.Criterion judged, string result) => judged.Quote switch
    {
        not { Length: > 0 } => new Opinion(null, "The judge says so, and quotes nothing."),
        { } quote when !result.Contains(quote, StringComparison.Ordinal) && !result.Contains(Written(quote), StringComparison.Ordinal) =>
            new Opinion(null, $"The judge quotes what is not in the result: {Shown.Of(quote)}."),
        { } quote => new Opinion(true, $"{Shown.Of(quote)}: {judged.Reason}"),
    };

    // As the result, which is canonical JSON, has it.
    private static string Written(string quote) => CanonicalJson.Of(JsonSerializer.SerializeToElement(quote))[1..^1];

    private string Cut(string text) => text.Length <= options.Value.MaxJudgedLength ? text : text[..options.Value.MaxJudgedLength];

    private sealed record Matter(ResultHolds Asked, string Kind, List<string> Criteria, string Result, string? Other);
}
