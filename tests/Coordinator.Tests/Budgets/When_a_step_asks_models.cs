using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Contracts.Planning;
using LoopBus.Coordinator.Tests.World;

namespace LoopBus.Coordinator.Tests.Budgets;

[Collection("budget world")]
public sealed class When_a_step_asks_models(BudgetWorld world)
{
    private const long RunLimit = 900;

    private readonly Account account = new(world);
    private readonly string task = $"asking-{Guid.NewGuid():n}";

    [Fact]
    public async Task Should_say_what_it_may_take_and_count_what_it_took()
    {
        Takes(700);

        (await account.Post(task, "asking")).EnsureSuccessStatusCode();

        (await world.Until(task, "completed")).GetProperty("tokens").GetInt64().ShouldBe(700);
        Asked().Allowance.ShouldBe(new Spent(RunLimit, null));
        await account.UntilToday(spent: 700, reserved: 0);
    }

    [Fact]
    public async Task Should_be_asked_alone()
    {
        Takes(1);

        (await account.Post(task, "asking")).EnsureSuccessStatusCode();

        await world.Until(task, "completed");
        world.Roles.SegmentsOf(task).ShouldBe(["more+last"]);
        world.Roles.StepsOf(task).ShouldBe(["look", "ask", "more", "last"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_not_let_two_take_the_same_at_once(bool budgeted)
    {
        world.Roles.OnStep[task] = step => Done(step, 100);

        if (budgeted)
            (await account.Post(task, "asking-twice")).EnsureSuccessStatusCode();
        else
            await world.Begin("asking-twice", taskId: task);

        (await world.Until(task, "completed")).GetProperty("tokens").GetInt64().ShouldBe(100);
        var allowed = world.Roles.Steps.Where(asked => asked.Content.TaskId == task).ToDictionary(asked => asked.Content.StepId, asked => asked.Content.Allowance!.Tokens);
        (allowed["one"] + allowed["two"]).ShouldBe(RunLimit);
        allowed["three"].ShouldBe(RunLimit);
    }

    [Fact]
    public async Task Should_count_what_a_failure_took_and_leave_the_rest_to_the_next_attempt()
    {
        world.Roles.OnStep[task] = step => step switch
        {
            { StepId: "ask", Attempt: 1 } => new Failure<ExecuteStep>(step with { Spent = new Spent(400, 0) }, new Reason("timeout", "It took too long.", Retryable: true)),
            { StepId: "ask" } => Done(step, 650),
            _ => Roles.Done(step),
        };

        (await account.Post(task, "asking")).EnsureSuccessStatusCode();

        (await world.Until(task, "completed")).GetProperty("tokens").GetInt64().ShouldBe(650);
        Asked(attempt: 2).Allowance.ShouldBe(new Spent(RunLimit, null));
        await account.UntilToday(spent: 650, reserved: 0);
    }

    [Fact]
    public async Task Should_go_without_where_the_day_is_spent()
    {
        await account.Spend(BudgetWorld.PerDay - 50);
        Takes(0);

        (await account.Post(task, "asking")).EnsureSuccessStatusCode();

        await world.Until(task, "completed");
        Asked().Allowance.ShouldBe(new Spent(0, null));
        (await account.Today()).Row.GetProperty("denied").GetInt32().ShouldBe(1);
    }

    private ExecuteStep Asked(int attempt = 1) => world.Roles.Steps.Single(asked => asked.Content.TaskId == task && asked.Content.StepId == "ask" && asked.Content.Attempt == attempt).Content;

    private void Takes(long tokens) => world.Roles.OnStep[task] = step => step.StepId == "ask" ? Done(step, tokens) : Roles.Done(step);

    private static Inform<StepResult> Done(ExecuteStep step, long tokens) =>
        new(new StepResult(step.TaskId, step.StepId, step.Attempt, Runs.Story.Json("""{ "note": "", "asked": 0, "answered": 0, "findings": [] }"""), 1, Spent: new Spent(tokens, 0)));
}
