using System.Text.Json;
using LoopBus.Contracts.Acts;

namespace LoopBus.Chaos.Checks;

/// <summary>What was said in each conversation of each run follows its protocol's machine.</summary>
internal static class LegalHistories
{
    private const string RunLoop = "run-loop";
    private const string Death = "message-dead-lettered";

    public static IEnumerable<string> Violations(Evidence evidence) => evidence.Runs.SelectMany(Of);

    private static IEnumerable<string> Of(Told run)
    {
        var deaths = run.History.Count(act => Text(act, "content") == Death);
        // What the coordinator says to itself is in its history twice: as it went and as it came.
        var conversations = run.History
            .Where(act => Text(act, "protocol") is not null && Text(act, "conversationId") is not null)
            .DistinctBy(act => Text(act, "messageId") ?? Text(act, "id"))
            .GroupBy(act => (Id: Text(act, "conversationId")!, Protocol: Text(act, "protocol")!));
        foreach (var conversation in conversations)
        {
            if (Protocols.Find(conversation.Key.Protocol) is not { } protocol)
                yield return $"{run.Task}: nobody knows the protocol {conversation.Key.Protocol}.";
            else if (Problem(protocol, [.. conversation], deaths) is { } problem)
                yield return $"{run.Task}: conversation {conversation.Key.Id}: {problem} Said: {string.Join(", ", conversation.Select(act => $"{Text(act, "direction")} {Text(act, "performative")} {Text(act, "content")} {Text(act, "at")}"))}.";
        }
    }

    private static string? Problem(Protocol protocol, IReadOnlyList<JsonElement> acts, int deaths)
    {
        // A run that is quarantined says so, and how it ended when it was taken up again; a request that died and was redriven is a new message, and answered again.
        var again = deaths;
        var initiator = Text(acts[0], "direction");
        var isRun = Text(acts[0], "content") == RunLoop;
        var state = ConversationState.Begin(protocol);
        // What the participant said before it heard of the cancel comes after it, once; then the cancel's own answer.
        ConversationState? crossed = null;
        foreach (var act in acts)
        {
            var performative = Text(act, "performative")!;
            // The same trigger again is the same run: its request is the one that is open already.
            if (isRun && Text(act, "content") == RunLoop && performative == Performative.Request && state.State != Protocol.Start)
                continue;

            // The run's own conversation was begun outside, whichever way the coordinator heard of it.
            var asks = isRun ? performative is Performative.Request or Performative.Cancel : Text(act, "direction") == initiator;
            var by = asks ? Role.Initiator : Role.Participant;
            if (state.IsLegal(by, performative))
            {
                crossed = performative == Performative.Cancel ? state : crossed;
                state = state.Advance(by, performative);
            }
            else if (by == Role.Participant && crossed?.IsLegal(by, performative) == true)
            {
                crossed = null;
            }
            else if (by == Role.Participant && state.IsEnded && --again >= 0)
            {
                continue;
            }
            else
            {
                return $"in {protocol.Name}, {state.State}, the {by} may not say {performative}.";
            }
        }

        return null;
    }

    private static string? Text(JsonElement act, string name) =>
        act.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value.ToString() : null;
}
