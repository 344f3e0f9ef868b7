using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Execution;

namespace LoopBus.Executor.Tests.Bus;

[Collection(ExecutorSuite.Name)]
public sealed class When_a_step_is_gated(ExecutorFixture executor)
{
    [Fact]
    public async Task Should_run_with_the_leave_of_a_person()
    {
        var step = ExecutorFixture.Step(ExecutorApp.Gated);

        var answer = await executor.Ask(step with { Grant = executor.GrantFor(step, "ada") });

        answer.Act.ShouldBe("inform");
    }

    [Fact]
    public async Task Should_refuse_without_a_grant() => await Refused(ExecutorFixture.Step(ExecutorApp.Gated), null, "grant-missing");

    [Fact]
    public async Task Should_refuse_a_forged_grant()
    {
        var step = ExecutorFixture.Step(ExecutorApp.Gated);
        using var forger = ExecutorFixture.NewSigner();

        await Refused(step, forger.Sign(executor.GrantFor(step, "ada")), "grant-invalid");
    }

    [Fact]
    public async Task Should_refuse_a_grant_that_was_changed()
    {
        var step = ExecutorFixture.Step(ExecutorApp.Grave);
        var grant = executor.GrantFor(step, "ada");

        await Refused(step, grant with { Approvers = ["ada", "bob"] }, "grant-invalid");
    }

    [Fact]
    public async Task Should_refuse_a_grant_with_holes()
    {
        var step = ExecutorFixture.Step(ExecutorApp.Gated);

        await Refused(step, executor.GrantFor(step, "ada") with { Approvers = null! }, "grant-invalid");
        await Refused(step, executor.GrantFor(step, "ada") with { Signature = null! }, "grant-invalid");
    }

    [Fact]
    public async Task Should_refuse_a_grant_for_another_action()
    {
        var step = ExecutorFixture.Step(ExecutorApp.Gated);

        await Refused(step, executor.GrantFor(step with { ActionHash = new string('0', 64) }, "ada"), "grant-invalid");
        await Refused(step, executor.GrantFor(step with { TaskId = "another" }, "ada"), "grant-invalid");
    }

    [Fact]
    public async Task Should_refuse_a_stale_grant()
    {
        var step = ExecutorFixture.Step(ExecutorApp.Gated);
        var grant = executor.GrantFor(step, "ada");

        await Refused(step, executor.Signer.Sign(grant with { ExpiresAt = TimeProvider.System.GetUtcNow().AddSeconds(-1) }), "grant-expired");
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("ada,Ada ")]
    public async Task Should_refuse_one_person_where_two_are_needed(string approvers)
    {
        var step = ExecutorFixture.Step(ExecutorApp.Grave);

        await Refused(step, executor.GrantFor(step, approvers.Split(',')), "grant-quorum");
    }

    [Fact]
    public async Task Should_run_with_the_leave_of_two()
    {
        var step = ExecutorFixture.Step(ExecutorApp.Grave);

        (await executor.Ask(step with { Grant = executor.GrantFor(step, "ada", "bob") })).Act.ShouldBe("inform");
    }

    [Fact]
    public async Task Should_answer_from_the_ledger_though_the_grant_has_expired()
    {
        var step = ExecutorFixture.Step(ExecutorApp.Gated);
        var grant = executor.GrantFor(step, "ada");
        await executor.Ask(step with { Grant = grant });

        var again = await executor.Ask(step with { Grant = executor.Signer.Sign(grant with { ExpiresAt = grant.GrantedAt }) });

        (again.Act, again.FromLedger).ShouldBe(("inform", true));
    }

    private async Task Refused(ExecuteStep step, Grant? grant, string code)
    {
        var answer = await executor.Ask(step with { Grant = grant });

        (answer.Act, answer.Code).ShouldBe(("refuse", code));
        executor.Journal.Calls(step.IdempotencyKey).ShouldBe(0);
        (await executor.StateOf(step.IdempotencyKey)).ShouldBeNull();
    }
}
