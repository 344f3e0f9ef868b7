using System.Net.Http.Json;
using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Planning;
using LoopBus.Coordinator.Tests.World;
using LoopBus.Loops.Budgets;
using LoopBus.Testing;
using LoopBus.Testing.Databases;

namespace LoopBus.Coordinator.Tests.Budgets;

/// <summary>A tenant of its own, whose runs a test begins and whose questions it answers.</summary>
internal sealed class Account(BudgetWorld world)
{
    public string Tenant { get; } = $"t-{Guid.NewGuid():n}";

    public string Scope => $"tenant:{Tenant}";

    /// <summary>Begins a run whose planner answers when the test says so.</summary>
    public async Task<string> Begin(string loop = "thinker")
    {
        var task = $"{loop}-{Guid.NewGuid():n}";
        world.Roles.OnPlan[task] = _ => null;
        (await Post(task, loop)).EnsureSuccessStatusCode();

        return task;
    }

    public Task<HttpResponseMessage> Post(string task, string loop = "thinker") => world.Http.PostAsJsonAsync("/runs", new { taskId = task, taskType = loop, tenant = Tenant });

    public Task<Asked<MakePlan>> Asked(string task, int attempt = 1) => Eventually.Value(
        () => Task.FromResult(world.Roles.Plans.LastOrDefault(asked => asked.Content.TaskId == task && asked.Content.Attempt >= attempt)), WorldFixture.Patience, $"the planner is asked for {task}");

    public Task Plans(Asked<MakePlan> asked, long tokens, decimal? usd = 0) => world.Say(
        new Propose<Plan>(new Plan(asked.Content.TaskId, asked.Content.Attempt, [new PlannedStep("look", "file.read", JsonElement.Parse("""{ "path": "a.txt" }"""), [])], new Spent(tokens, usd))),
        asked.Answer);

    /// <summary>A plan that breaks the rules: the planner is asked again by the very message that tells what it took.</summary>
    public Task ProposesNonsense(Asked<MakePlan> asked, long tokens) => world.Say(
        new Propose<Plan>(new Plan(asked.Content.TaskId, asked.Content.Attempt, [new PlannedStep("look", "no.such.tool", JsonElement.Parse("{}"), [])], new Spent(tokens, 0))), asked.Answer);

    public Task Fails(Asked<MakePlan> asked, long tokens) =>
        world.Say(new Failure<MakePlan>(asked.Content with { Spent = new Spent(tokens, 0) }, new Reason("answer-unusable", "That is no plan.", Retryable: true)), asked.Answer);

    public Task Refuses(Asked<MakePlan> asked, long tokens) =>
        world.Say(new Refuse<MakePlan>(asked.Content with { Spent = new Spent(tokens, 0) }, new Reason("budget-exceeded", "One more question would be too much.")), asked.Answer);

    /// <summary>Spends so much of the day, by runs that do nothing else.</summary>
    public async Task Spend(long tokens)
    {
        for (var left = tokens; left > 0; left -= Math.Min(left, BudgetWorld.Allowance))
        {
            var task = await Begin();
            await Plans(await Asked(task), Math.Min(left, BudgetWorld.Allowance));
            await world.Until(task, "completed");
        }
    }

    /// <summary>So much of the day is spent already.</summary>
    public Task HasSpent(long tokens, DateOnly? on = null, int denied = 0) => world.Database.Execute(
        $"""
        INSERT INTO coordinator.budget (scope, day, spent_tokens, spent_usd, reserved_tokens, reserved_usd, limit_tokens, denied, flagged)
        SELECT '{Scope}', '{on ?? BudgetRules.DayOf(TimeProvider.System.GetUtcNow()):yyyy-MM-dd}', {tokens}, 0, 0, 0, {BudgetWorld.PerDay}, {denied}, {(TestDatabase.IsOnSqlServer ? "0" : "false")}
        """);

    public async Task<(long Spent, long Reserved, bool Over, JsonElement Row)> Today(string? scope = null)
    {
        var page = await world.Http.GetFromJsonAsync<JsonElement>($"/budgets?scope={Uri.EscapeDataString(scope ?? Scope)}");
        var row = page.GetProperty("budgets").EnumerateArray().First(row => row.GetProperty("day").GetString() == page.GetProperty("today").GetString());

        return (row.GetProperty("spent").GetProperty("tokens").GetInt64(), row.GetProperty("reserved").GetProperty("tokens").GetInt64(), row.GetProperty("over").GetBoolean(), row);
    }

    public Task UntilToday(long spent, long reserved) => Eventually.True(
        async () => await Today() is var today && (today.Spent, today.Reserved) == (spent, reserved), WorldFixture.Patience, $"{spent} are spent and {reserved} reserved");
}
