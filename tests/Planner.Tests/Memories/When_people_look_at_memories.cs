using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LoopBus.Contracts.Planning;
using LoopBus.Planner.Tests.Bus;
using LoopBus.Planner.Tests.Models;

namespace LoopBus.Planner.Tests.Memories;

public sealed class When_people_look_at_memories : IClassFixture<ModelFixture>
{
    private readonly PlannerApp app;
    private readonly Remembering memory;

    public When_people_look_at_memories(ModelFixture models)
    {
        app = models.StartWithApi("a key", ("Acme", "acme key"), ("globex", "globex key"));
        memory = new Remembering(models, app);
    }

    [Fact]
    public async Task Should_show_a_scopes_memories_and_which_are_superseded_and_forget_one()
    {
        await memory.Learn(memory.Run("run-1", [new Fact("order.status", "open", "act-1")]), 1);
        await memory.Learn(memory.Run("run-2", [new Fact("order.status", "paid", "act-3")]), 2);
        using var http = Client("a key");

        var page = await List(http);
        (await http.DeleteAsync($"/memories/{page[0].GetProperty("id").GetString()}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var left = await List(http);

        page.Select(one => (one.GetProperty("text").GetString(), one.GetProperty("superseded").GetBoolean())).ShouldBe([("paid", false), ("open", true)]);
        page[0].GetProperty("taskId").GetString().ShouldBe("run-2");
        left.Select(one => (one.GetProperty("text").GetString(), one.GetProperty("superseded").GetBoolean())).ShouldBe([("open", false)]);
        (await http.DeleteAsync("/memories/none")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_show_a_tenant_its_own_and_let_it_forget_no_others()
    {
        var (acme, globex) = (memory.Of("ACME"), memory.Of("globex"));
        await memory.Learn(memory.Run("run-1", lessons: ["What nobody's run learned."]), 1);
        await acme.Learn(acme.Run("run-2", lessons: ["What a run of acme learned."]), 1);
        await globex.Learn(globex.Run("run-3", lessons: ["What a run of globex learned."]), 1);
        using var own = Client("a key");
        using var http = Client("acme key");

        (await List(http, memory.Scope)).ShouldHaveSingleItem().GetProperty("text").GetString().ShouldBe("What a run of acme learned.");
        (await List(http, acme.Scope)).ShouldHaveSingleItem().GetProperty("scope").GetString().ShouldBe(acme.Scope);
        (await List(http, globex.Scope)).ShouldBeEmpty();
        foreach (var scope in new[] { memory.Scope, globex.Scope })
            (await http.DeleteAsync($"/memories/{(await List(own, scope))[0].GetProperty("id").GetString()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await http.DeleteAsync($"/memories/{(await List(own, acme.Scope))[0].GetProperty("id").GetString()}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await memory.Count(), await acme.Count(), await globex.Count()).ShouldBe((1, 0, 1));
    }

    [Fact]
    public async Task Should_be_recalled_by_runs_of_the_same_tenant_alone()
    {
        var acme = memory.Of("acme");
        await acme.Learn(acme.Run("run-1", lessons: ["Whether the order is paid: find out in orders.txt"]), 1);

        (await acme.Recall(Acting.Asked(Remembering.Task()))).ShouldHaveSingleItem();
        (await memory.Recall(Acting.Asked(Remembering.Task()))).ShouldBeEmpty();
        (await memory.Of("globex").Recall(Acting.Asked(Remembering.Task()))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a key", "/memories", HttpStatusCode.BadRequest)]
    [InlineData("a key", "/memories?scope=loop:desk&limit=0", HttpStatusCode.BadRequest)]
    [InlineData("another", "/memories?scope=loop:desk", HttpStatusCode.Unauthorized)]
    [InlineData("a key", "/openapi/v1.json", HttpStatusCode.OK)]
    public async Task Should_say_what_is_wrong(string key, string path, HttpStatusCode status)
    {
        using var http = Client(key);

        (await http.GetAsync(path)).StatusCode.ShouldBe(status);
    }

    private HttpClient Client(string key)
    {
        var http = app.CreateClient();
        http.DefaultRequestHeaders.Add("X-Api-Key", key);

        return http;
    }

    private async Task<List<JsonElement>> List(HttpClient http, string? scope = null) =>
        [.. (await http.GetFromJsonAsync<JsonElement>($"/memories?scope={Uri.EscapeDataString(scope ?? memory.Scope)}")).GetProperty("memories").EnumerateArray()];
}
