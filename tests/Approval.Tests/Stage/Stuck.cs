using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Planning;

namespace LoopBus.Approval.Tests.Stage;

/// <summary>Runs that are stuck, as the coordinator brings them before people.</summary>
internal static class Stuck
{
    public static Escalation Run(string taskId, TimeSpan? expiry = null) => new(
        taskId, null, "refund-order", "invariant-fails", $"The work of {taskId} does not get less. Go on?", "open-items fell from 4 to 4 in the last three actions.",
        TimeProvider.System.GetUtcNow() + (expiry ?? TimeSpan.FromHours(1)), [new TrailEntry(TimeProvider.System.GetUtcNow(), "act-6 done", "orders.list")], Packet: Packet());

    public static Packet Packet() => new(
        7,
        "It read the orders of customer 17 and refunded two of them. It asks for the third again and again: orders.refund answers that the order is locked.",
        JsonSerializer.SerializeToElement(new { iteration = 7, tokens = 8120, usd = 0.0412, actions = new[] { new { stepId = "act-6", tool = "orders.refund", subgoal = "refund order 4711" } } }),
        [
            new InvariantStatus("budget-left", true, "Models took 31% of the run's tokens."),
            new InvariantStatus("work-decreases", false, "orders.list: open was 4, and is 4 again."),
            new InvariantStatus("sure-enough", false, "The planner's confidence is 0.35, and must be 0.5."),
            new InvariantStatus("no-item-twice", false, "order 4711 came twice.", Relaxed: true),
        ],
        [0.9, 0.85, 0.8, 0.6, 0.55, 0.4, 0.35],
        ["Tell the run who unlocks orders.", "Relax 'work-decreases' for this run."]);

    /// <summary>Asks about a stuck run, and waits until its form is there.</summary>
    public static async Task<Guid> Ask(this ApprovalSite site, Escalation escalation)
    {
        var conversation = Guid.NewGuid();
        await site.Asker.Say(new Propose<Escalation>(escalation), conversation);
        await site.Has(conversation);
        return conversation;
    }

    public static async Task<HttpResponseMessage> GoOn(this Browsing person, ApprovalSite site, Guid id, params (string Name, string Value)[] more)
    {
        var question = await site.Has(id, _ => true, "is kept");
        (string, string)[] fields = [("decision", "accept"), ("actionHash", question.ActionHash), .. more];
        return await person.Submit($"/approvals/{id}", $"/approvals/{id}", [.. fields.Where(field => field.Item2.Length > 0)]);
    }
}
