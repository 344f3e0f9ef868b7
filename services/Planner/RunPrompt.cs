using System.Text.Json;
using LoopBus.Contracts.Planning;
using LoopBus.Loops;
using LoopBus.Loops.Json;
using LoopBus.Loops.Memory;
using LoopBus.Loops.Prompts;
using LoopBus.Loops.Tools;
using LoopBus.Models;

namespace LoopBus.Planner;

/// <summary>Fills a loop's prompt: the task, its tools, and of the run what the loop's context has room for.</summary>
internal sealed class RunPrompt(ToolCatalogue tools)
{
    // Parts of the context, in tenths. Templates reach what is cut of the input all the same.
    private const int InputTenths = 2;
    private const int RejectionTenths = 1;
    private const int InvariantTenths = 1;

    // Less does not tell a model what it is at.
    private const int LeastRoom = 200;

    private const int MostRejections = 5;

    /// <param name="more">What the template shows beside the loop and the run.</param>
    /// <returns>The prompt, and what it shows of the run.</returns>
    /// <exception cref="FormatException">The loop's template asks for what there is not.</exception>
    /// <exception cref="ModelException">The prompt without the run is larger than the context already.</exception>
    public (string Text, ContextUse Use) Of(PromptTemplate template, MakePlan asked, LoopDefinition loop, Anchor? anchor = null, IReadOnlyDictionary<string, object?>? more = null)
    {
        var policy = loop.Context ?? new ContextPolicy();
        var bare = TokenEstimate.Of(Render(template, asked, loop, policy, RunView.Hollow, more).Length);
        if (policy.Tokens - bare < LeastRoom)
            throw TooSmall($"without what the run did, the prompt of {loop.Name}@{loop.Version} takes {bare}", policy, bare + LeastRoom);

        var view = WorkingMemory.Of(asked, loop, bare, anchor);
        var prompt = Render(template, asked, loop, policy, view, more);
        if (TokenEstimate.Of(prompt.Length) is var took && took > policy.Tokens)
            throw TooSmall($"the prompt of {loop.Name}@{loop.Version} takes {took}", policy, took);

        return (prompt, view.Use);
    }

    /// <summary>The prompt of a loop whose run did nothing yet: the input is in it whole.</summary>
    /// <exception cref="FormatException">The loop's template asks for what there is not.</exception>
    public string Whole(PromptTemplate template, MakePlan asked, LoopDefinition loop, IReadOnlyDictionary<string, object?> more) => Render(template, asked, loop, null, null, more);

    private string Render(PromptTemplate template, MakePlan asked, LoopDefinition loop, ContextPolicy? policy, RunView? view, IReadOnlyDictionary<string, object?>? more) => template.Render(new Dictionary<string, object?>(more ?? new Dictionary<string, object?>())
    {
        ["loop"] = new Dictionary<string, object?> { ["name"] = loop.Name, ["version"] = loop.Version, ["description"] = loop.Description },
        ["task"] = loop.Task,
        ["input"] = Input(asked.Input, policy),
        ["limits"] = new Dictionary<string, object?> { ["iterations"] = loop.Limits.Iterations, ["done"] = asked.Turns?.Count ?? 0 },
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
        ["rejections"] = Rejections(asked.Rejections, policy),
        ["done"] = asked.Turns is { Count: > 0 },
        ["earlier"] = view?.Earlier,
        ["last"] = view?.Last,
        ["facts"] = view?.Facts,
        ["contradictions"] = view?.Contradictions,
        ["guidance"] = view?.Guidance,
        ["invariants"] = policy is null ? null : (loop.Invariants ?? []).Select(invariant =>
            Invariant(invariant, asked.Invariants?.LastOrDefault(status => status?.Name == invariant.Name), Room(policy, InvariantTenths) / loop.Invariants!.Count)).ToList(),
    });

    private static int Room(ContextPolicy policy, int tenths) => policy.Tokens * TokenEstimate.CharactersPerToken / 10 * tenths;

    private static List<string> Rejections(IReadOnlyList<string> rejections, ContextPolicy? policy)
    {
        var last = rejections.TakeLast(policy is null ? rejections.Count : MostRejections).ToList();

        return policy is null ? last : [.. last.Select(why => TextCut.Middle(why, Room(policy, RejectionTenths) / last.Count))];
    }

    private static object? Input(JsonElement input, ContextPolicy? policy)
    {
        var most = policy is null ? int.MaxValue : Room(policy, InputTenths);
        var shown = PromptTemplate.Json(input);

        return shown.Length <= most ? PromptTemplate.Plain(input) : TextCut.Middle(shown, most);
    }

    private static Dictionary<string, object?> Invariant(LoopInvariant invariant, InvariantStatus? status, int most) => new()
    {
        ["name"] = invariant.Name,
        ["rule"] = $"{invariant.Kind} {CanonicalJson.Of(invariant.Parameters)}, otherwise {invariant.Remedy}",
        ["status"] = status switch
        {
            null => "not looked at yet",
            { Holds: true } => "holds",
            { Relaxed: true } => "does not hold, and people let this run go on without it",
            _ => "DOES NOT HOLD",
        },
        ["text"] = status is { Holds: false, Text: { } text } ? TextCut.Middle(text, most) : null,
    };

    private static ModelException TooSmall(string what, ContextPolicy policy, int need) => ModelException.Of(
        "context-too-small", $"The loop's context has {policy.Tokens} tokens, and {what}. Set context: {{ tokens: {need} }} or more in the loop, or show the model less: fewer tools, a shorter task.", retryable: false);
}
