using System.Text.Json;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Execution;
using LoopBus.Loops;

namespace LoopBus.Approval.Tests.Stage;

/// <summary>Actions whose arguments people change.</summary>
internal static class Edits
{
    public const string Tool = "http.request";

    public static GatedAction Action(string taskId, int quorum = 1, TimeSpan? expiry = null, string url = "https://shop.example/orders/4711/refund")
    {
        var arguments = JsonSerializer.SerializeToElement(new { method = "POST", url, body = new { amount = 20, reason = "damaged" } });
        return Asker.Action(taskId, quorum, expiry, BlastRadius.Medium) with
        {
            StepId = "act-3",
            Loop = "refund-order",
            Tool = Tool,
            Arguments = arguments,
            ActionHash = ActionHash.Of(taskId, "act-3", Tool, arguments),
            Summary = $"Refund the order of {taskId}",
        };
    }

    /// <summary>What the coordinator makes of an edit: the same step with the other arguments and their own hash.</summary>
    public static GatedAction Anew(this GatedAction action, JsonElement edited) =>
        action with { Arguments = edited, ActionHash = ActionHash.Of(action.TaskId, action.StepId, action.Tool, edited) };

    public static Task<HttpResponseMessage> Edit(this Browsing person, Guid id, string actionHash, string arguments, string comment = "") =>
        person.Submit(
            $"/approvals/{id}", $"/approvals/{id}", ("decision", "edit"), ("actionHash", actionHash), ("arguments", arguments), ("comment", comment));
}
