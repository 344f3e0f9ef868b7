namespace LoopBus.Loops.Tests;

public sealed class When_the_terminator_decides
{
    private static readonly LoopLimits Limits = new(Iterations: 5, Errors: 3, Retries: 4, Replans: 1, WallClockSeconds: 60, Tokens: 1000, Usd: 0.5m);

    public static TheoryData<RunFigures, TerminationReason?, string?> Table => new()
    {
        { new RunFigures(), null, null },
        { new RunFigures(Iterations: 5, Errors: 2, Retries: 4, Replans: 1, ElapsedSeconds: 59.9), null, null },
        { new RunFigures(Done: true), TerminationReason.Success, "Every step is done and every check holds." },
        { new RunFigures(Done: true, Iterations: 5, ElapsedSeconds: 600, Errors: 3), TerminationReason.Success, null },
        { new RunFigures(ElapsedSeconds: 60), TerminationReason.WallClockExceeded, "The run took 60 s; its limit is 60 s of wall clock." },
        { new RunFigures(Errors: 3), TerminationReason.TooManyErrors, "3 attempts failed; the limit is 3." },
        { new RunFigures(Errors: 3, Detail: "http-503 from the shop"), TerminationReason.TooManyErrors, "3 attempts failed; the limit is 3. Last: http-503 from the shop" },
        { new RunFigures(Iterations: 6), TerminationReason.MaxIterationsExceeded, "Iteration 6 would begin; the limit is 5." },
        { new RunFigures(Retries: 5), TerminationReason.RetriesExhausted, "Retry 5 of the run would begin; the limit is 4." },
        { new RunFigures(Replans: 2), TerminationReason.ReplansExhausted, "Re-plan 2 would begin; the limit is 1." },
        { new RunFigures(Tokens: 1000, Usd: 0.5m), null, null },
        { new RunFigures(Tokens: 1001), TerminationReason.BudgetExceeded, "Models took 1001 tokens; the limit is 1000." },
        { new RunFigures(Usd: 0.51m), TerminationReason.BudgetExceeded, "Models cost 0.51 US dollars; the limit is 0.5." },
        { new RunFigures(Done: true, Fact: TerminationReason.Cancelled, Detail: "by alice."), TerminationReason.Cancelled, "The run was cancelled: by alice." },
        { new RunFigures(Errors: 9, Fact: TerminationReason.Rejected), TerminationReason.Rejected, "People rejected a gated step." },
        { new RunFigures(Fact: TerminationReason.Quarantined), TerminationReason.Quarantined, null },
        { new RunFigures(Fact: TerminationReason.ApprovalExpired), TerminationReason.ApprovalExpired, null },
        { new RunFigures(Fact: TerminationReason.PlanRefused), TerminationReason.PlanRefused, null },
        { new RunFigures(Fact: TerminationReason.StepFailed, Detail: "post"), TerminationReason.StepFailed, "A step failed for good: post." },
        { new RunFigures(Fact: TerminationReason.VerificationFailed), TerminationReason.VerificationFailed, null },
        { new RunFigures(Fact: TerminationReason.Success), null, null },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Should_give_a_typed_reason_and_a_sentence(RunFigures run, TerminationReason? reason, string? sentence)
    {
        var termination = Terminator.Decide(run, Limits);

        termination?.Reason.ShouldBe(reason!.Value);
        (termination is null).ShouldBe(reason is null);
        if (sentence is not null)
            termination!.Sentence.ShouldBe(sentence);
    }

    [Fact]
    public void Should_succeed_only_by_being_done()
    {
        Terminator.Decide(new RunFigures(Fact: TerminationReason.Success), Limits).ShouldBeNull();
        Terminator.Decide(new RunFigures(Done: true), Limits)!.Succeeded.ShouldBeTrue();
    }

    [Fact]
    public void Should_end_every_run_whose_figures_only_grow()
    {
        for (var round = 0; ; round++)
            if (Terminator.Decide(new RunFigures(Iterations: round), Limits) is not null)
            {
                round.ShouldBe(6);
                break;
            }
    }
}
