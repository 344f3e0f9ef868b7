using System.Net.Http.Json;
using System.Text.Json;
using LoopBus.Coordinator.Tests.World;

namespace LoopBus.Coordinator.Tests.Tenants;

[Collection("budget world")]
public sealed class When_the_api_is_described(BudgetWorld world)
{
    [Fact]
    public async Task Should_show_the_fields_that_are_taken_and_no_unnamed_type()
    {
        var schemas = (await world.Http.GetFromJsonAsync<JsonElement>("/openapi/v1.json")).GetProperty("components").GetProperty("schemas");

        schemas.GetProperty("RunLoop").GetProperty("properties").EnumerateObject().Select(field => field.Name)
            .ShouldBe(["taskId", "taskType", "input", "triggeredBy", "triggeredAt", "maxIterations", "priority", "parent", "tenant"], ignoreOrder: true);
        schemas.EnumerateObject().Select(schema => schema.Name).ShouldNotContain(name => name.Contains("Anonymous", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_name_each_path_and_what_it_takes()
    {
        var paths = (await world.Http.GetFromJsonAsync<JsonElement>("/openapi/v1.json")).GetProperty("paths");

        paths.EnumerateObject().Select(path => path.Name.TrimEnd('/')).Where(path => path.StartsWith("/runs", StringComparison.Ordinal)).ShouldBe(
            ["/runs", "/runs/{taskId}", "/runs/{taskId}/history", "/runs/{taskId}/cancel", "/runs/{taskId}/pause", "/runs/{taskId}/resume"], ignoreOrder: true);
        Parameters("/runs", "get").ShouldBe(["status", "loop", "tenant", "after", "limit"], ignoreOrder: true);
        Parameters("/budgets", "get").ShouldBe(["scope", "days"], ignoreOrder: true);
        paths.EnumerateObject().First(path => path.Name.TrimEnd('/') == "/runs").Value.GetProperty("post").GetProperty("responses").EnumerateObject().Select(answer => answer.Name)
            .ShouldBe(["200", "202", "400", "401", "409", "429", "503"], ignoreOrder: true);

        IEnumerable<string?> Parameters(string of, string method) => paths.EnumerateObject().First(path => path.Name.TrimEnd('/') == of).Value
            .GetProperty(method).GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString());
    }
}
