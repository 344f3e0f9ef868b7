using System.Text.Json;
using LoopBus.Acceptance.Tests.Stage;
using LoopBus.ModelServer.Scripts;

namespace LoopBus.Acceptance.Tests.Approval;

[Collection(OneSystem.Name)]
public sealed class When_people_help_a_model_on(LoopBusSystem system) : IAsyncLifetime
{
    private const string Told = "The answer is 42, says the desk.";

    public Task InitializeAsync()
    {
        system.Models.Script(Script.Of());
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Should_go_on_with_their_fact_and_write_what_they_edited()
    {
        const string Name = "clerk-question.txt";
        await File.WriteAllTextAsync(Path.Combine(system.Files, Name), "What is the answer?");
        // It looks into the file again and again, until it is told; then it writes the answer wrong.
        system.Models.Add(new Rule { When = new When { Contains = [Name, Told] }, Then = [Write(Name, "It is 41."), Finish()] });
        system.Models.Add(new Rule { When = new When { Contains = [Name] }, Then = [Read(Name)] });
        await system.Publish(JsonSerializer.Serialize(new { taskId = "clerk-1", taskType = "clerk", input = new { file = Name } }));
        await using var desk = await Desk.SignIn(system);

        await desk.Open("clerk-1");
        (await desk.Page.ContentAsync()).ShouldContain("same arguments");
        await desk.Page.GetByLabel("A fact").FillAsync(Told);
        await desk.Accept("asked the desk");
        await system.Until("clerk-1", "awaiting-approval");
        await desk.Open("clerk-1");
        var proposed = await Hash(desk);
        await desk.Page.GetByText("Edit the arguments").ClickAsync();
        var arguments = desk.Page.Locator("textarea[name=arguments]");
        await arguments.FillAsync((await arguments.InputValueAsync()).Replace("41", "42", StringComparison.Ordinal));
        await desk.Page.GetByText("Propose anew").ClickAsync();
        await desk.Page.GetByText("proposes them anew").WaitForAsync();

        await desk.Open("clerk-1");
        (await Hash(desk)).ShouldNotBe(proposed);
        (await desk.Page.Locator("ins").InnerTextAsync()).ShouldContain("42");
        File.ReadAllText(Path.Combine(system.Files, Name)).ShouldBe("What is the answer?", "an edit is no approval");
        await desk.Accept("now it is right");

        await system.Until("clerk-1", "completed");
        File.ReadAllText(Path.Combine(system.Files, Name)).ShouldBe("It is 42.");
    }

    private static Task<string> Hash(Desk desk) => desk.Page.Locator("input[name=actionHash]").InputValueAsync();

    private static Reply Read(string path) => Decision(new { tool = "file.read", arguments = new { path } });

    private static Reply Write(string path, string content) => Decision(new
    {
        tool = "file.write",
        arguments = new { path, content },
        compensate = new { tool = "file.restore", arguments = new { path = "{{ output.path }}", backup = "{{ output.backup }}" } },
    });

    private static Reply Decision(object action) => Reply.OfJson(new { subgoal = "find the answer", reasoning = "It is asked for.", confidence = 0.6, action });

    private static Reply Finish() => Reply.OfJson(new { subgoal = "find the answer", reasoning = "It is written.", confidence = 0.9, finish = new { result = new { written = true } } });
}
