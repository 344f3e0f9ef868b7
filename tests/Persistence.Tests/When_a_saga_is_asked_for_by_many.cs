using LoopBus.Persistence.Sagas;
using LoopBus.Testing;

namespace LoopBus.Persistence.Tests;

public sealed class When_a_saga_is_asked_for_by_many
{
    private readonly Guid saga = Guid.NewGuid();
    private readonly ManualTimeProvider time = new();
    private readonly Turns turns;

    public When_a_saga_is_asked_for_by_many() => turns = new Turns(time);

    [Fact]
    public async Task Should_give_turns_in_the_order_they_are_asked_for()
    {
        await Take();
        Task<bool>[] waiting = [Take(), Take(), Take()];

        for (var number = 0; number < waiting.Length; number++)
        {
            waiting.Skip(number).ShouldAllBe(turn => !turn.IsCompleted);
            turns.Pass(saga);
            (await waiting[number]).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Should_let_none_wait_for_another_saga()
    {
        await Take();

        (await turns.Take(Guid.NewGuid(), CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task Should_pass_over_who_has_given_up()
    {
        using var stopping = new CancellationTokenSource();
        await Take();
        var stopped = turns.Take(saga, stopping.Token);
        var next = Take();

        await stopping.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(stopped);
        turns.Pass(saga);

        (await next).ShouldBeTrue();
    }

    [Fact]
    public async Task Should_let_nobody_wait_for_ever()
    {
        await Take();
        var waiting = Take();

        time.Advance(TimeSpan.FromSeconds(31));

        (await waiting).ShouldBeFalse();
        turns.Pass(saga);
        (await Take()).ShouldBeTrue();
    }

    private Task<bool> Take() => turns.Take(saga, CancellationToken.None);
}
