using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LoopBus.Contracts.Planning;
using LoopBus.Loops.Json;

namespace LoopBus.Loops.Memory;

/// <summary>A turn as a model reads it: word for word, cut to a size, or in one line.</summary>
internal static class TurnText
{
    private const int MostOfName = 100;
    private const int MostOfSubgoal = 200;

    private static readonly JsonSerializerOptions Shown = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Whole(Turn turn) => Of(turn, Json(turn.Arguments), Outcome(turn));

    /// <summary>As <see cref="Whole"/>, with arguments and outcome cut in the middle; never longer than the most.</summary>
    public static string Cut(Turn turn, int most)
    {
        var whole = Whole(turn);
        if (whole.Length <= most)
            return whole;

        // What came of it weighs more than what was asked.
        var arguments = TextCut.Middle(Json(turn.Arguments), Math.Max(0, most / 4));
        var outcome = TextCut.Middle(Outcome(turn), Math.Max(0, most - Of(turn, arguments, "").Length));

        return TextCut.Middle(Of(turn, arguments, outcome), most);
    }

    public static string Line(Turn turn)
    {
        var outcome = turn.Problem is { } problem ? $"failed: {TextCut.Line(problem, 80)}" : TextCut.Line(Json(turn.Output), 80);
        var subgoal = turn.Subgoal is { Length: > 0 } wanted ? $" (for: {TextCut.Line(wanted, 60)})" : "";

        return $"{Name(turn)} {TextCut.Line(Canonical(turn.Arguments), 100)} -> {outcome}{subgoal}";
    }

    public static string Json(JsonElement? value)
    {
        if (value is not { ValueKind: not JsonValueKind.Undefined } json)
            return "null";
        try
        {
            return JsonSerializer.Serialize(json, Shown);
        }
        // Half of a surrogate pair, say: shown as it came.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            return json.GetRawText();
        }
    }

    private static string Of(Turn turn, string arguments, string outcome)
    {
        var text = new StringBuilder(Name(turn)).Append('\n');
        if (turn.Subgoal is { Length: > 0 } subgoal)
            text.Append("for: ").Append(TextCut.Line(subgoal, MostOfSubgoal)).Append('\n');

        return text.Append("arguments: ").Append(arguments).Append('\n').Append(outcome).ToString();
    }

    private static string Outcome(Turn turn) => turn.Problem is { } problem ? $"failed: {problem}" : $"output: {Json(turn.Output)}";

    private static string Name(Turn turn) => $"{TextCut.Line(turn.StepId ?? "?", MostOfName)} {TextCut.Line(turn.Tool ?? "?", MostOfName)}";

    private static string Canonical(JsonElement arguments)
    {
        try
        {
            return CanonicalJson.Of(arguments);
        }
        catch (JsonException)
        {
            return Json(arguments);
        }
    }
}
