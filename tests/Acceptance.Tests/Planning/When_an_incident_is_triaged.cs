using System.Text.Json;
using LoopBus.Acceptance.Tests.Stage;
using LoopBus.ModelServer.Scripts;

namespace LoopBus.Acceptance.Tests.Planning;

[Collection(OneSystem.Name)]
public sealed class When_an_incident_is_triaged(LoopBusSystem system) : IAsyncLifetime
{
    public Task InitializeAsync()
    {
        system.Models.Script(Script.Of());

        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Should_go_by_a_models_judgement_where_one_answers()
    {
        var url = $"{new Uri(system.Models.Address, "count?contains=triage")}";
        system.Models.Add(Says.Planner("shop-modelled", Says.Act("http.check", new { url }), Says.Finish(new
        {
            severity = "warning",
            summary = "It answers, and says little.",
            claims = new[] { new { claim = "It answers.", source = "act-1", quote = "\"status\":200" } },
        })));

        await Publish("triage-model", "shop-modelled", url);

        var run = await system.Until("triage-model", "completed");
        run.GetProperty("tokens").GetInt64().ShouldBeGreaterThan(0);
        (await Board("shop-modelled")).ShouldBe("# shop-modelled: warning\n\nIt answers, and says little.\n\nRun triage-model\n");
    }

    [Fact]
    public async Task Should_go_by_rules_where_no_model_answers()
    {
        system.Models.Add(new Rule { When = new When { Model = LoopBusSystem.TriageModel }, Misbehaviour = Misbehaviours.FailingAlways });

        await Publish("triage-down", "shop-down", "http://127.0.0.1:1/health");
        await Publish("triage-well", "shop-well", $"{new Uri(system.Models.Address, "count?contains=triage")}");

        var run = await system.Until("triage-down", "completed");
        run.GetProperty("result").GetProperty("severity").GetString().ShouldBe("critical");
        run.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("id").GetString()).ShouldBe(["look", "decide", "board"]);
        (await Board("shop-down")).ShouldStartWith("# shop-down: critical\n\nshop-down is down (by rule).");
        await system.Until("triage-well", "completed");
        (await Board("shop-well")).ShouldStartWith("# shop-well: none\n\nshop-well is well (by rule).");
    }

    private Task<string> Board(string service) => File.ReadAllTextAsync(Path.Combine(system.Files, "incidents", $"{service}.md"));

    private Task Publish(string taskId, string service, string url) => system.Publish(JsonSerializer.Serialize(new { taskId, taskType = "incident-triage", input = new { service, url } }));
}
