using System.Text.Encodings.Web;
using System.Text.Json;
using LoopBus.Loops.Json;
using LoopBus.Loops.Memory;

namespace LoopBus.Planner.Debating;

/// <summary>What a proposer stands for at the end of a round.</summary>
internal sealed record Candidate(string Name, JsonElement Result, string Reasoning)
{
    /// <summary>What it decides, as one text: the part of its result that counts.</summary>
    public string Decision(string? way)
    {
        if (way is null)
            return CanonicalJson.Of(Result);

        return string.Join('\n', JsonPath.Parse(way).Select(Result).Found.Select(match => CanonicalJson.Of(match.Value)));
    }

    /// <param name="most">So many characters; what is longer is cut in its middle.</param>
    public string Shown(int most) => TextCut.Middle(JsonSerializer.Serialize(new { result = Result, reasoning = Reasoning }, Plainly), most);

    // As people write: letters of other alphabets would be six characters each.
    private static readonly JsonSerializerOptions Plainly = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
