using System.Text.Json;
using LoopBus.Acceptance.Tests.Stage;
using LoopBus.ModelServer.Scripts;
using LoopBus.Testing;

namespace LoopBus.Acceptance.Tests.Planning;

[Collection(OneSystem.Name)]
public sealed class When_a_refund_is_asked_for(LoopBusSystem system) : IAsyncLifetime
{
    public Task InitializeAsync()
    {
        system.Models.Script(Script.Of());
        Directory.CreateDirectory(Path.Combine(system.Files, "policies"));
        File.Copy(Repository.PathOf("infra", "loops", "refund", "policy.md"), Path.Combine(system.Files, "policies", "refund.md"), overwrite: true);

        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Should_catch_a_confident_wrong_promise_before_any_judge_is_asked()
    {
        system.Models.Add(Says.Planner("A-90", Reads, Decides("A-90", "Goods may be returned within 90 days.", "Goods may be returned within 90 days of delivery")));
        system.Models.Add(Says.Judge("A-90", Says.Holds(2, "refund")));

        await Publish("refund-90", "A-90");

        var run = await system.Until("refund-90", "failed");
        run.GetProperty("reason").GetString()!.ShouldContain("citations: claims[0]: policies/refund.md does not say Goods may be returned within 90 days of delivery");
        Says.AsksOfJudge(system, "A-90").ShouldBe(0);
        File.Exists(Payout("A-90")).ShouldBeFalse();
        // It was told once why, and said the same again.
        system.Models.Journal.Calls.Count(call => call.Says("A-90") && call.Says("# Tools")).ShouldBe(3);
    }

    [Fact]
    public async Task Should_not_let_a_right_quote_carry_a_wrong_number()
    {
        system.Models.Add(Says.Planner("A-91", Reads, Decides("A-91", "Goods may be returned within 90 days.", "Goods may be returned within 30 days of delivery")));

        await Publish("refund-91", "A-91");

        (await system.Until("refund-91", "failed")).GetProperty("reason").GetString()!.ShouldContain("it says 90, and its quote does not");
        Says.AsksOfJudge(system, "A-91").ShouldBe(0);
    }

    [Fact]
    public async Task Should_pay_what_the_policy_grants_once_a_person_agrees()
    {
        system.Models.Add(Says.Planner(
            "A-30", Reads,
            Decides("A-30", "Goods may be returned within 90 days.", "Goods may be returned within 90 days of delivery"),
            Decides("A-30", "Goods may be returned within 30 days.", "Goods may be returned within 30 days of delivery")));
        system.Models.Add(Says.Judge("A-30", Says.Holds(2, "We refund the price.")));

        await Publish("refund-30", "A-30");

        await system.Until("refund-30", "awaiting-approval");
        File.Exists(Payout("A-30")).ShouldBeFalse();
        Says.AsksOfJudge(system, "A-30").ShouldBe(2, "in both orders, once all facts hold");
        await using (var desk = await Desk.SignIn(system))
        {
            await desk.Open("refund-30");
            await desk.Accept("The policy says so.");
        }

        var run = await system.Until("refund-30", "completed");
        run.GetProperty("result").GetProperty("decision").GetString().ShouldBe("refund");
        var paid = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(Payout("A-30")));
        (paid.GetProperty("order").GetString(), paid.GetProperty("amount").GetDecimal(), paid.GetProperty("run").GetString()).ShouldBe(("A-30", 79.9m, "refund-30"));
    }

    [Fact]
    public async Task Should_pay_nothing_and_ask_nobody_where_it_refuses()
    {
        system.Models.Add(Says.Planner("A-31", Reads, Says.Finish(new
        {
            decision = "refuse",
            payments = Array.Empty<object>(),
            claims = new[] { new { claim = "After 30 days there is none.", source = "policies/refund.md", quote = "After 30 days there is no refund" } },
            reply = "We are sorry: A-31 is older than that.",
        })));
        system.Models.Add(Says.Judge("A-31", Says.Holds(2, "We are sorry")));

        await Publish("refund-31", "A-31");

        await system.Until("refund-31", "completed");
        File.Exists(Payout("A-31")).ShouldBeFalse();
    }

    private static Reply Reads { get; } = Says.Act("file.read", new { path = "policies/refund.md" });

    private static Reply Decides(string order, string claim, string quote) => Says.Finish(new
    {
        decision = "refund",
        payments = new[] { new { order, amount = 79.90 } },
        claims = new[] { new { claim, source = "policies/refund.md", quote } },
        reply = "We refund the price.",
    });

    private string Payout(string order) => Path.Combine(system.Files, "payouts", $"{order}.json");

    private Task Publish(string taskId, string id) => system.Publish(JsonSerializer.Serialize(new
    {
        taskId,
        taskType = "refund",
        input = new { order = new { id, goods = "Headphones", price = 79.90, deliveredOn = "2026-11-02" }, request = "You always gave 90 days!", today = "2026-11-20" },
    }));
}
