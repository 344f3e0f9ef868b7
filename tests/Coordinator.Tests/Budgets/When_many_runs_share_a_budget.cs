using LoopBus.Contracts.Planning;
using LoopBus.Coordinator.Tests.World;
using LoopBus.Testing;

namespace LoopBus.Coordinator.Tests.Budgets;

[Collection("budget world")]
public sealed class When_many_runs_share_a_budget(BudgetWorld world) : IDisposable
{
    private const int Runs = 64;

    private readonly Account account = new(world);

    // What the models really took, by run: each word about it is a sum so far.
    private readonly Dictionary<string, long> taken = [];

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 41)]
    public async Task Should_hold_to_the_token_whatever_the_order_and_whatever_comes_twice(int seed, int failsEvery)
    {
        var random = new Random(seed);
        var tasks = await Task.WhenAll(Enumerable.Range(0, Runs).Select(_ => account.Begin()));
        world.FailsEvery = failsEvery;
        var answered = new HashSet<(string, int)>();
        var late = new List<Func<Task>>();
        var standing = "";

        await Eventually.True(
            async () =>
            {
                var open = world.Roles.Plans.Where(asked => taken.ContainsKey(asked.Content.TaskId) || tasks.Contains(asked.Content.TaskId))
                    .DistinctBy(asked => (asked.Content.TaskId, asked.Content.Attempt)).Where(asked => answered.Add((asked.Content.TaskId, asked.Content.Attempt))).ToArray();
                random.Shuffle(open);
                foreach (var asked in open)
                    await Answer(asked, random, late);
                (await account.Today()).Spent.ShouldBeLessThanOrEqualTo(BudgetWorld.PerDay);

                var statuses = await Task.WhenAll(tasks.Select(world.Status));
                standing = string.Join(", ", statuses.GroupBy(status => status).Select(group => $"{group.Count()} {group.Key}"));

                return statuses.All(status => status is "completed" or "failed");
            },
            TimeSpan.FromSeconds(100), () => $"all runs have ended; {standing}");
        world.FailsEvery = 0;
        await Task.WhenAll(late.Select(again => again()));

        await account.UntilToday(taken.Values.Sum(), reserved: 0);
        taken.Values.Sum().ShouldBeInRange(BudgetWorld.PerDay - BudgetWorld.Allowance, BudgetWorld.PerDay);
        var runs = await Task.WhenAll(tasks.Select(world.Run));
        runs.Where(run => run.GetProperty("status").GetString() == "failed").ShouldAllBe(run => run.GetProperty("reason").GetString()!.StartsWith("The budget is spent"));
        runs.Sum(run => run.GetProperty("tokens").GetInt64()).ShouldBe(taken.Values.Sum());
        if (failsEvery > 0)
            world.Failed.ShouldBeGreaterThan(3);
    }

    public void Dispose() => world.FailsEvery = 0;

    // As a service that takes all it may, or less; says it is no plan, or one; and says some of it twice, or once more when all is over.
    private async Task Answer(Asked<MakePlan> asked, Random random, List<Func<Task>> late)
    {
        var before = taken.GetValueOrDefault(asked.Content.TaskId);
        var most = asked.Content.Allowance!.Tokens - before;
        most.ShouldBeLessThanOrEqualTo(BudgetWorld.Allowance);
        // Where it was slow, it is asked again, and has had part of it then.
        var sum = taken[asked.Content.TaskId] = before + (random.Next(3) == 0 ? Math.Max(0, most) : random.NextInt64(0, Math.Max(0, most) + 1));

        Func<Task> say = most <= 0 ? () => account.Refuses(asked, sum)
            : random.Next(4) == 0 && asked.Content.Attempt < 3 ? () => account.Fails(asked, sum)
            : () => account.Plans(asked, sum);
        await say();
        if (random.Next(3) == 0)
            await say();
        if (random.Next(3) == 0)
            late.Add(say);
    }
}
