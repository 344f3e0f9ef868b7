using System.Security.Cryptography;
using System.Text;

namespace LoopBus.Approval.Questions;

/// <summary>A question's id is its conversation's; a message outside of any conversation gets one from what it asks, so that its duplicate is the same question.</summary>
internal static class QuestionId
{
    public static Guid Of(Guid? conversation, QuestionKind kind, string taskId, string? stepId, string actionHash) =>
        conversation ?? new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{taskId}:{stepId}:{actionHash}")).AsSpan(0, 16));

    /// <summary>Names an escalation as an action hash names an action: the form must decide what it showed.</summary>
    public static string HashOf(string taskId, string? stepId, string kind, string question) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{taskId}\n{stepId}\n{kind}\n{question}")));
}
