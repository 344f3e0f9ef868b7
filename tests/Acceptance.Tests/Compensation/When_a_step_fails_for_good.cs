using LoopBus.Acceptance.Tests.Stage;

namespace LoopBus.Acceptance.Tests.Compensation;

[Collection(OneSystem.Name)]
public sealed class When_a_step_fails_for_good(LoopBusSystem system) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => system.Mend();

    [Fact]
    public async Task Should_undo_newest_first_to_what_was_there_before()
    {
        var file = Path.Combine(system.Files, "kept-before.txt");
        await File.WriteAllTextAsync(file, "zero");

        await system.Publish("""{ "taskId": "undo-two", "taskType": "break-file", "input": { "path": "kept-before.txt" } }""");

        await system.Until("undo-two", "compensated");
        (await File.ReadAllTextAsync(file)).ShouldBe("zero");
    }

    [Fact]
    public async Task Should_take_away_what_was_new_even_if_the_executor_dies_on_the_way()
    {
        var file = Path.Combine(system.Files, "new.txt");

        await system.DiesAt("Executor", "LoopBus:Executor:ExitAt", "before-call:1", () =>
            system.Publish("""{ "taskId": "undo-new", "taskType": "break-file", "input": { "path": "new.txt" } }"""));
        File.Exists(file).ShouldBeTrue();
        system.One("Executor").Start();

        await system.Until("undo-new", "compensated", TimeSpan.FromSeconds(120));
        File.Exists(file).ShouldBeFalse();
    }
}
