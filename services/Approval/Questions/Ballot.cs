using System.Text;
using System.Text.Json;
using LoopBus.Approval.Web;

namespace LoopBus.Approval.Questions;

/// <summary>One person's decision as the form brings it; Output is the JSON that stands for a lost result.</summary>
internal sealed record Ballot(Guid QuestionId, Guid OperatorId, string By, bool Accepted, string? Comment, string ActionHash, string? Output = null)
{
    public static bool TryOutput(string? text, out string? json)
    {
        json = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;

        var value = JsonText.Parse(Encoding.UTF8.GetBytes(text));
        json = value is null ? null : JsonSerializer.Serialize(value);
        return value is not null;
    }
}
