using System.Text.Json;
using LoopBus.Contracts.Approval;

namespace LoopBus.Approval.Questions;

/// <summary>The asker's content as it is kept.</summary>
internal static class Content
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static string Write<T>(T content) => JsonSerializer.Serialize(content, Options);

    public static Intervention Intervention(Vote vote) => JsonSerializer.Deserialize<Intervention>(vote.Intervention!, Options)!;

    public static T Read<T>(Question question) =>
        JsonSerializer.Deserialize<T>(question.Content, Options)
        ?? throw new InvalidOperationException($"Question {question.Id} has no content. The row in {ApprovalDbContext.Schema}.questions was changed by hand.");
}
