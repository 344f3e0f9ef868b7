using System.Text.Json;
using LoopBus.Acceptance.Tests.Stage;
using LoopBus.ModelServer.Scripts;

namespace LoopBus.Acceptance.Tests.Planning;

[Collection(OneSystem.Name)]
public sealed class When_a_question_is_researched(LoopBusSystem system) : IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        system.Models.Script(Script.Of());
        Directory.CreateDirectory(Path.Combine(system.Files, "notes"));
        await File.WriteAllTextAsync(Path.Combine(system.Files, "notes", "queues.md"), "A quorum queue keeps each message\non a majority of its nodes.\n");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Should_answer_with_words_that_stand_in_what_was_gathered()
    {
        var page = $"{new Uri(system.Models.Address, "count?contains=research-page")}";
        system.Models.Add(Says.Planner(
            "What is kept where?",
            Says.Act("file.read", new { path = "notes/queues.md" }),
            Says.Act("file.read", new { path = "notes/missing.md" }),
            Says.Act("http.request", new { method = "GET", url = page }),
            Says.Finish(Answer("act-1", "keeps each message on a majority"))));
        system.Models.Add(Says.Judge("What is kept where?", Says.Holds(2, "on a majority")));

        await Publish("research-good", "What is kept where?", page);

        var run = await system.Until("research-good", "completed");
        run.GetProperty("result").GetProperty("claims")[0].GetProperty("source").GetString().ShouldBe("act-1");
        run.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("status").GetString()).ShouldBe(["done", "failed", "done"]);
    }

    [Fact]
    public async Task Should_fail_for_words_that_nobody_wrote_and_ask_no_judge()
    {
        system.Models.Add(Says.Planner(
            "Where is it kept?", Says.Act("file.read", new { path = "notes/queues.md" }), Says.Finish(Answer("act-1", "keeps each message on every node"))));

        await Publish("research-bad", "Where is it kept?", "http://127.0.0.1/");

        (await system.Until("research-bad", "failed")).GetProperty("reason").GetString()!.ShouldContain("act-1 does not say keeps each message on every node");
        Says.AsksOfJudge(system, "Where is it kept?").ShouldBe(0);
    }

    private static object Answer(string source, string quote) => new
    {
        answer = "Each message is on a majority of the nodes.",
        claims = new[] { new { claim = "Each message is on a majority of the nodes.", source, quote } },
        open = Array.Empty<string>(),
    };

    private Task Publish(string taskId, string question, string page) => system.Publish(JsonSerializer.Serialize(new
    {
        taskId, taskType = "research", input = new { question, documents = new[] { "notes/queues.md", "notes/missing.md" }, pages = new[] { page } },
    }));
}
