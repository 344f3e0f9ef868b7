using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Critique;
using LoopBus.Contracts.Planning;
using LoopBus.Contracts.Runs;
using LoopBus.Coordinator.Tests.World;
using LoopBus.Testing;
using RabbitMQ.Client;

namespace LoopBus.Coordinator.Tests.Budgets;

[Collection("budget world")]
public sealed class When_a_day_has_a_budget(BudgetWorld world)
{
    private readonly Account account = new(world);

    [Fact]
    public async Task Should_reserve_before_it_asks_and_settle_when_it_is_answered()
    {
        var task = await account.Begin();

        var asked = await account.Asked(task);
        asked.Content.Allowance.ShouldBe(new Spent(BudgetWorld.Allowance, null));
        await account.UntilToday(spent: 0, reserved: BudgetWorld.Allowance);

        await account.Plans(asked, 300);
        await world.Until(task, "completed");
        await account.UntilToday(spent: 300, reserved: 0);
        (await account.Today()).Row.GetProperty("limit").GetProperty("tokens").GetInt64().ShouldBe(BudgetWorld.PerDay);
        (await world.Run(task)).GetProperty("tenant").GetString().ShouldBe(account.Tenant);
    }

    [Fact]
    public async Task Should_count_an_answer_once_however_often_and_late_it_comes()
    {
        var task = await account.Begin();
        var first = await account.Asked(task);
        await account.Fails(first, 200);
        var second = await account.Asked(task, attempt: 2);
        second.Content.Allowance!.Tokens.ShouldBe(200 + BudgetWorld.Allowance);

        await account.Plans(second, 700);
        await account.Plans(second, 700);
        await world.Until(task, "completed");
        await account.Fails(first, 200);
        await account.Plans(second, 700);

        await account.UntilToday(spent: 700, reserved: 0);
        await world.Until(await Another(), "completed");
        await account.UntilToday(spent: 701, reserved: 0);
    }

    [Fact]
    public async Task Should_settle_what_is_answered_after_the_end()
    {
        var task = await account.Begin();
        var asked = await account.Asked(task);
        await world.Say(new Cancel<RunLoop>(new RunLoop(task, "thinker", Input: null), "not needed"), new() { Receiver = "coordinator" });
        await world.Until(task, "cancelled");
        await account.UntilToday(spent: 0, reserved: BudgetWorld.Allowance);

        await account.Plans(asked, 450);

        await account.UntilToday(spent: 450, reserved: 0);
    }

    [Fact]
    public async Task Should_reserve_for_each_question_that_is_open_where_the_first_is_not_answered()
    {
        var task = await account.Begin();
        var first = await account.Asked(task);
        var second = await account.Asked(task, attempt: 2);

        await account.UntilToday(spent: 0, reserved: 2 * BudgetWorld.Allowance);
        second.Content.Allowance!.Tokens.ShouldBe(BudgetWorld.Allowance);
        await account.Plans(second, 900);
        await world.Until(task, "completed");
        await account.UntilToday(spent: 900, reserved: BudgetWorld.Allowance);
        await account.Plans(first, 1400);

        await account.UntilToday(spent: 1400, reserved: 0);
    }

    [Fact]
    public async Task Should_turn_back_with_a_sentence_where_too_little_is_left_and_launch_nothing_more()
    {
        await account.Spend(BudgetWorld.PerDay - 1050);
        var last = await account.Begin();
        var asked = await account.Asked(last);
        var none = await account.Begin();
        await account.Plans(asked, 1000);
        await world.Until(last, "completed");

        var reason = (await world.Until(none, "failed")).GetProperty("reason").GetString()!;
        reason.ShouldStartWith($"The budget is spent: models took 9950 of 10000 tokens for tenant {account.Tenant} on 2");
        reason.ShouldEndWith("00:00 UTC.");
        world.Roles.Plans.ShouldNotContain(plan => plan.Content.TaskId == none);
        (await account.Today()).Over.ShouldBeTrue();

        // The intake reads the budgets about once a second.
        var answer = await Eventually.Value(
            async () => await account.Post($"early-{Guid.NewGuid():n}") is { StatusCode: HttpStatusCode.TooManyRequests } refused ? refused : null, WorldFixture.Patience, "a trigger is refused");
        var late = $"late-{Guid.NewGuid():n}";
        answer.Headers.RetryAfter!.Delta!.Value.TotalHours.ShouldBeInRange(0, 24);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("The day's budget is spent: models took 9950 of 10000 tokens");
        (await account.Post(last)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await account.Post($"free-{Guid.NewGuid():n}", "chain")).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        (await Refused(late)).GetProperty("reason").GetProperty("code").GetString().ShouldBe("budget-exceeded");
        await world.Broker.Publish("", "trigger", Trigger(late), new BasicProperties());
        await Eventually.True(
            async () => await world.Broker.Take("dead-letter-intake") is { } letter && Encoding.UTF8.GetString(letter.Body.Span).Contains(late, StringComparison.Ordinal),
            WorldFixture.Patience, "the trigger that nobody can be told of is among the dead letters");
        (await world.Http.GetAsync($"/runs/{late}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_let_wait_who_comes_while_others_have_reserved_the_rest()
    {
        await account.Spend(BudgetWorld.PerDay - 1500);
        var (first, second) = (await account.Begin(), await account.Begin());
        var asked = await Eventually.Value(
            () => Task.FromResult(world.Roles.Plans.LastOrDefault(plan => plan.Content.TaskId == first || plan.Content.TaskId == second)), WorldFixture.Patience, "one of them is asked for");
        await account.UntilToday(spent: BudgetWorld.PerDay - 1500, reserved: 1000);

        await account.Plans(asked, 10);

        var other = await account.Asked(asked.Content.TaskId == first ? second : first);
        other.Content.Allowance!.Tokens.ShouldBe(BudgetWorld.Allowance);
        await account.Plans(other, 20);
        await world.Until(first, "completed");
        await world.Until(second, "completed");
        await account.UntilToday(spent: BudgetWorld.PerDay - 1470, reserved: 0);
        (await account.Today()).Over.ShouldBeFalse();
    }

    [Fact]
    public async Task Should_count_the_critic_too_and_dollars()
    {
        var task = $"judged-{Guid.NewGuid():n}";
        var allowed = new TaskCompletionSource<Spent?>();
        world.Roles.OnQuestion[task] = asked =>
        {
            allowed.TrySetResult(asked.Allowance);
            return new Inform<Verdict>(new Verdict(asked.TaskId, asked.Subject, asked.Attempt, true, [new Evidence("rubric", true, "good")], new Spent(70, 0.25m)));
        };
        (await account.Post(task, "judged")).EnsureSuccessStatusCode();

        await world.Until(task, "completed");
        (await allowed.Task).ShouldBe(new Spent(BudgetWorld.Allowance, 1m));
        (await account.Today("loop:judged")).Row.GetProperty("spent").GetProperty("usd").GetDecimal().ShouldBe(0.25m);
        await account.UntilToday(spent: 70, reserved: 0);
    }

    [Fact]
    public async Task Should_allow_no_more_than_the_run_has_left()
    {
        var task = await account.Begin("frugal");
        var first = await account.Asked(task);
        first.Content.Allowance!.Tokens.ShouldBe(600);
        await account.UntilToday(spent: 0, reserved: 600);
        await account.Fails(first, 400);

        (await account.Asked(task, attempt: 2)).Content.Allowance!.Tokens.ShouldBe(600);
        await account.UntilToday(spent: 400, reserved: 200);
    }

    [Fact]
    public async Task Should_ask_anew_with_what_the_answer_has_left_where_that_took_more_than_was_reserved()
    {
        await account.HasSpent(BudgetWorld.PerDay - 3000);
        var task = await account.Begin();

        await account.ProposesNonsense(await account.Asked(task), 2500);

        (await account.Asked(task, attempt: 2)).Content.Allowance!.Tokens.ShouldBe(2500 + 500);
        await account.UntilToday(spent: BudgetWorld.PerDay - 500, reserved: 500);
    }

    [Fact]
    public async Task Should_ask_anew_at_once_with_what_the_answer_has_given_back()
    {
        await account.HasSpent(BudgetWorld.PerDay - 1500);
        var task = await account.Begin();

        await account.ProposesNonsense(await account.Asked(task), 10);

        (await account.Asked(task, attempt: 2)).Content.Allowance!.Tokens.ShouldBe(10 + BudgetWorld.Allowance);
        var acts = (await world.Http.GetFromJsonAsync<JsonElement>($"/runs/{task}/history")).GetProperty("acts").EnumerateArray();
        acts.ShouldNotContain(act => act.GetProperty("direction").GetString() == "in" && act.GetProperty("content").GetString() == "deadline-passed", "it waited for itself");
    }

    [Fact]
    public async Task Should_end_by_the_budget_where_the_planner_refuses_for_it()
    {
        var task = await account.Begin();
        var asked = await account.Asked(task);

        await account.Refuses(asked, 40);

        (await world.Until(task, "failed")).GetProperty("reason").GetString().ShouldBe("The budget is spent: One more question would be too much.");
        await account.UntilToday(spent: 40, reserved: 0);
    }

    [Fact]
    public async Task Should_show_no_day_to_whom_it_does_not_know()
    {
        using var stranger = world.Stranger();

        (await stranger.GetAsync("/budgets")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await world.Http.GetAsync("/budgets?days=0")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task<string> Another()
    {
        var task = await account.Begin();
        await account.Plans(await account.Asked(task), 1);

        return task;
    }

    private byte[] Trigger(string task) => JsonSerializer.SerializeToUtf8Bytes(new { taskId = task, taskType = "thinker", tenant = account.Tenant });

    private async Task<JsonElement> Refused(string task)
    {
        await using var connection = await world.Broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        var replies = (await channel.QueueDeclareAsync("", exclusive: true, autoDelete: true)).QueueName;
        await world.Broker.Publish("", "trigger", Trigger(task), new BasicProperties { ReplyTo = replies });
        var got = await Eventually.Value(() => channel.BasicGetAsync(replies, autoAck: true), WorldFixture.Patience, "an answer");

        return JsonSerializer.Deserialize<JsonElement>(got.Body.Span);
    }
}
