using System.Text.Json;
using LoopBus.Coordinator.History;

namespace LoopBus.Coordinator.Api;

/// <summary>One page of a run's history; Next is the after of the page that follows, if there is one.</summary>
internal sealed record HistoryPage(IReadOnlyList<HistoryView> Acts, long? Next);

/// <summary>One act as the HTTP API shows it.</summary>
internal sealed record HistoryView(
    long Id, DateTimeOffset At, string Direction, string Performative, string Content, string? Protocol, Guid? ConversationId, Guid? MessageId,
    string? InReplyTo, string? Sender, string? Receiver, JsonElement Payload)
{
    public static HistoryView Of(HistoryEntry act) => new(
        act.Id, act.At, act.Direction, act.Performative, act.Content, act.Protocol, act.ConversationId, act.MessageId, act.InReplyTo, act.Sender, act.Receiver,
        JsonSerializer.Deserialize<JsonElement>(act.Payload));
}
