namespace LoopBus.Executor.Tests.Bus;

[Collection(ExecutorSuite.Name)]
public sealed class When_a_step_is_compensated(ExecutorFixture executor)
{
    [Fact]
    public async Task Should_take_the_effect_back_once_however_often_asked()
    {
        var step = ExecutorFixture.Step(ExecutorApp.Reversible);
        await executor.Ask(step);
        var undo = ExecutorFixture.UndoOf(step, ExecutorApp.Ungated);

        var answer = await executor.Ask(undo);
        var again = await executor.Ask(undo with { Attempt = 2 });

        (answer.Act, again.Act).ShouldBe(("inform", "inform"));
        executor.Journal.Effects(undo.IdempotencyKey).ShouldBe(1);
    }

    [Fact]
    public async Task Should_restore_a_file()
    {
        var step = ExecutorFixture.StepWith("file.write", new { path = "a.txt", content = "new" });
        File.WriteAllText(Path.Combine(executor.Files, "a.txt"), "old");
        var written = await executor.Ask(step);
        File.ReadAllText(Path.Combine(executor.Files, "a.txt")).ShouldBe("new");

        var answer = await executor.Ask(ExecutorFixture.UndoOf(step, "file.restore", new { backup = written.Output.GetProperty("backup").GetString() }));

        answer.Act.ShouldBe("inform");
        File.ReadAllText(Path.Combine(executor.Files, "a.txt")).ShouldBe("old");
    }

    [Fact]
    public async Task Should_not_do_by_way_of_an_undo_what_needs_a_grant()
    {
        var step = ExecutorFixture.Step(ExecutorApp.Reversible);
        await executor.Ask(step);
        var undo = ExecutorFixture.UndoOf(step, ExecutorApp.Gated);

        var answer = await executor.Ask(undo);

        (answer.Act, answer.Code).ShouldBe(("failure", "not-its-compensation"));
        executor.Journal.Calls(undo.IdempotencyKey).ShouldBe(0);
    }

    [Fact]
    public async Task Should_not_take_back_what_never_was()
    {
        var undo = ExecutorFixture.UndoOf(ExecutorFixture.Step(ExecutorApp.Reversible), ExecutorApp.Idempotent);

        var answer = await executor.Ask(undo);

        (answer.Act, answer.Code).ShouldBe(("failure", "no-effect"));
        executor.Journal.Calls(undo.IdempotencyKey).ShouldBe(0);
    }
}
