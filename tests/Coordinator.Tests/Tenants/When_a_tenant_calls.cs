using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Planning;
using LoopBus.Coordinator.Tests.World;
using LoopBus.Testing;

namespace LoopBus.Coordinator.Tests.Tenants;

[Collection("budget world")]
public sealed class When_a_tenant_calls(BudgetWorld world) : IDisposable
{
    private readonly HttpClient acme = world.With(BudgetWorld.TenantKey);
    private readonly HttpClient globex = world.With(BudgetWorld.OtherKey);
    private readonly string task = $"of-acme-{Guid.NewGuid():n}";

    [Fact]
    public async Task Should_begin_its_own_runs_and_steer_them()
    {
        await Begin();

        var run = await acme.GetFromJsonAsync<JsonElement>($"/runs/{task}");
        run.GetProperty("tenant").GetString().ShouldBe(BudgetWorld.Tenant);
        (await acme.GetAsync($"/runs/{task}/history")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Post(acme)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await acme.PostAsJsonAsync($"/runs/{task}/cancel", new { reason = "enough" })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await world.Until(task, "cancelled");
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/history")]
    [InlineData("POST", "/cancel")]
    [InlineData("POST", "/pause")]
    [InlineData("POST", "/resume")]
    public async Task Should_be_told_of_anothers_run_what_is_said_of_none(string method, string what)
    {
        await Begin();

        var (status, body) = await Of(task);
        var none = await Of("none");

        status.ShouldBe(HttpStatusCode.NotFound);
        (status, body.Replace(task, "none", StringComparison.Ordinal)).ShouldBe(none);
        (await world.Status(task)).ShouldBe("planning");

        async Task<(HttpStatusCode, string)> Of(string id)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), $"/runs/{id}{what}");
            using var answer = await globex.SendAsync(request);
            var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

            return (answer.StatusCode, $"{problem.GetProperty("title")} {problem.GetProperty("detail")}");
        }
    }

    [Fact]
    public async Task Should_know_whose_a_task_is_that_has_no_run_yet()
    {
        await world.Database.Execute(
            $$"""INSERT INTO coordinator.task (task_id, "trigger", taken_at) VALUES ('{{task}}', '{"taskId":"{{task}}","taskType":"thinker","tenant":"acme"}', CURRENT_TIMESTAMP)""");

        (await acme.GetAsync($"/runs/{task}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await globex.GetAsync($"/runs/{task}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_list_its_own_runs_only()
    {
        await Begin();

        (await Listed(acme)).ShouldContain(task);
        (await Listed(globex)).ShouldNotContain(task);
        (await Listed(globex, "?tenant=acme")).ShouldBeEmpty();
        (await Listed(world.Http, "?tenant=ACME")).ShouldContain(task);
        (await Listed(world.Http)).ShouldContain(task);
    }

    [Fact]
    public async Task Should_not_begin_a_run_for_another_tenant()
    {
        var refused = await Post(acme, "globex");

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").GetProperty("tenant")[0].GetString().ShouldBe("must be Acme, whose key this is; or leave it out.");
        (await world.Http.GetAsync($"/runs/{task}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Post(acme, "ACME")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Should_not_be_given_the_task_of_another()
    {
        await Begin();

        var refused = await Post(globex);

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Content.ReadAsStringAsync()).ShouldContain($"The taskId {task} is taken, by a run that is not globex's. Take another.");
        (await world.Run(task)).GetProperty("tenant").GetString().ShouldBe(BudgetWorld.Tenant);
    }

    [Fact]
    public async Task Should_see_no_budget_but_its_own()
    {
        (await Scopes(acme)).ShouldBe(["tenant:acme"]);
        (await Scopes(globex)).ShouldBeEmpty();
        (await Scopes(acme, "?scope=loop:judged")).ShouldBeEmpty();
        (await Scopes(world.Http, "?scope=loop:judged")).ShouldBe(["loop:judged"]);
    }

    [Fact]
    public async Task Should_have_a_memory_of_its_own()
    {
        world.Roles.OnPlan[task] = asked => new Propose<Plan>(new Plan(
            asked.TaskId, asked.Attempt, [], new Spent(300, 0), new Thought(null, 0.9, "done", Finished: true, Result: JsonElement.Parse("{}"), Lesson: "Read the file first.")));
        (await Post(acme, loop: "learner")).EnsureSuccessStatusCode();
        await world.Until(task, "completed");

        var learned = await world.Roles.LearnedOf(task);

        learned.Scope.ShouldBe("tenant:acme/shared:tests");
        learned.Allowance.ShouldBe(new Spent(300, null));
        world.Roles.Plans.Last(plan => plan.Content.TaskId == task).Content.Tenant.ShouldBe("acme");
    }

    [Fact]
    public async Task Should_have_its_results_compared_with_its_own()
    {
        for (var i = 0; i < 2; i++)
            await world.Until(await Drift(acme), "completed");

        await world.Until(await Drift(globex), "completed");

        (await world.Roles.Escalation(await Drift(acme))).Content.Detail.ShouldContain("news: the result is that of the 2 runs before, word for word.");
    }

    public void Dispose()
    {
        acme.Dispose();
        globex.Dispose();
    }

    private async Task<string> Drift(HttpClient http)
    {
        var ruled = $"ruled-{Guid.NewGuid():n}";
        world.Roles.OnPlan[ruled] = asked => Decisions.Finish(asked, """{ "answer": "as ever" }""");
        (await http.PostAsJsonAsync("/runs", new { taskId = ruled, taskType = "ruled" })).EnsureSuccessStatusCode();

        return ruled;
    }

    private async Task Begin()
    {
        world.Roles.OnPlan[task] = _ => null;
        (await Post(acme)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Eventually.True(() => Task.FromResult(world.Roles.Plans.Any(asked => asked.Content.TaskId == task)), WorldFixture.Patience, "it has begun");
    }

    private Task<HttpResponseMessage> Post(HttpClient http, string? tenant = null, string loop = "thinker") => http.PostAsJsonAsync("/runs", new { taskId = task, taskType = loop, tenant });

    private static async Task<List<string?>> Listed(HttpClient http, string query = "") =>
        [.. (await http.GetFromJsonAsync<JsonElement>($"/runs{query}")).GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("taskId").GetString())];

    private static async Task<List<string?>> Scopes(HttpClient http, string query = "") =>
        [.. (await http.GetFromJsonAsync<JsonElement>($"/budgets{query}")).GetProperty("budgets").EnumerateArray().Select(budget => budget.GetProperty("scope").GetString()).Distinct()];
}
