using System.Text;
using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Hosting;

namespace LoopBus.Coordinator.History;

/// <summary>What a message says, as the history tells it; At where that was earlier than the message.</summary>
internal sealed record HistoryAct(string Performative, string Content, string Payload, DateTimeOffset? At = null)
{
    public static IEnumerable<HistoryAct> Of(object message, string? plainPerformative) => message switch
    {
        // What goes outside is plain JSON; its headers say the act.
        PlainMessage plain when plainPerformative is not null => [new(plainPerformative, "plain-json", Encoding.UTF8.GetString(plain.Body.Span))],
        // Each step of a segment is told as if it had been asked alone.
        Inform<SegmentResult> result => (result.Content.Steps ?? []).Select(Of),
        _ when Contracts.Acts.Performative.Of(message.GetType()) is { } performative =>
            [new(performative, Kebab(message.GetType().GetGenericArguments()[0]), JsonSerializer.Serialize(message, message.GetType(), JsonSerializerOptions.Web))],
        _ => [],
    };

    private static HistoryAct Of(StepReport report) => new(
        report.Performative,
        Kebab(report.Performative == Contracts.Acts.Performative.Inform ? typeof(StepResult) : typeof(ExecuteStep)),
        JsonSerializer.Serialize(new { content = report, report.Reason }, JsonSerializerOptions.Web),
        report.EndedAt);

    private static string Kebab(Type content) => JsonNamingPolicy.KebabCaseLower.ConvertName(content.Name);
}
