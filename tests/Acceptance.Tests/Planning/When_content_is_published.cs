using System.Text.Json;
using LoopBus.Acceptance.Tests.Stage;
using LoopBus.ModelServer.Scripts;

namespace LoopBus.Acceptance.Tests.Planning;

[Collection(OneSystem.Name)]
public sealed class When_content_is_published(LoopBusSystem system) : IAsyncLifetime
{
    private const string Body = "You may send goods back within 30 days of delivery, and you get back what you paid. Put the note that came with them into the parcel.";

    public async Task InitializeAsync()
    {
        system.Models.Script(Script.Of());
        Directory.CreateDirectory(Path.Combine(system.Files, "sources"));
        await File.WriteAllTextAsync(Path.Combine(system.Files, "sources", "returns.md"), "Goods may be returned within 30 days of delivery.\n");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Should_be_out_once_the_judge_and_a_person_agree()
    {
        system.Models.Add(Says.Planner("how-returns-work", Reads, Draft("Returns"), Draft("How returns work")));
        system.Models.Add(new Rule { When = new When { Model = LoopBusSystem.JudgeModel, Contains = ["how-returns-work", "\"title\":\"Returns\""] }, Then = [Says.Objects(3, "The title says too little.")] });
        system.Models.Add(Says.Judge("how-returns-work", Says.Holds(3, "How returns work")));

        await Publish("content-good", "how-returns-work");

        await system.Until("content-good", "awaiting-approval");
        File.Exists(Published("how-returns-work")).ShouldBeFalse();
        system.Models.Journal.Calls.Last(call => call.Says("how-returns-work") && call.Says("# Tools")).Messages[0].Text.ShouldContain("The title says too little.");
        await using (var desk = await Desk.SignIn(system))
        {
            await desk.Open("content-good");
            await desk.Accept("Good.");
        }

        await system.Until("content-good", "completed");
        (await File.ReadAllTextAsync(Published("how-returns-work"))).ShouldBe($"# How returns work\n\n{Body}\n");
    }

    [Fact]
    public async Task Should_not_be_out_where_a_person_says_no()
    {
        system.Models.Add(Says.Planner("no-returns", Reads, Draft("No returns")));
        system.Models.Add(Says.Judge("no-returns", Says.Holds(3, "No returns")));

        await Publish("content-rejected", "no-returns");
        await using (var desk = await Desk.SignIn(system))
        {
            await desk.Open("content-rejected");
            await desk.Reject("Not this one.");
        }

        await system.Until("content-rejected", "compensated");
        File.Exists(Published("no-returns")).ShouldBeFalse();
    }

    private static Reply Reads { get; } = Says.Act("file.read", new { path = "sources/returns.md" });

    private static Reply Draft(string title) => Says.Finish(new
    {
        title,
        body = Body,
        claims = new[] { new { claim = "Within 30 days.", source = "sources/returns.md", quote = "Goods may be returned within 30 days of delivery." } },
    });

    private string Published(string slug) => Path.Combine(system.Files, "published", $"{slug}.md");

    private Task Publish(string taskId, string slug) => system.Publish(JsonSerializer.Serialize(new
    {
        taskId, taskType = "content-pipeline", input = new { slug, brief = "Tell customers how returns work.", sources = new[] { "sources/returns.md" } },
    }));
}
