using LoopBus.Executor.Ledger;
using LoopBus.Executor.Tools;
using LoopBus.Testing;

namespace LoopBus.Executor.Tests.Steps;

public sealed class When_the_clock_is_set
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(15);

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Should_make_no_call_after_the_lease_where_it_went_back_meanwhile()
    {
        var row = Row();
        _time.Advance(TimeSpan.FromSeconds(20));
        _time.Offset = TimeSpan.FromHours(-1);
        await using var lease = Keep(row);

        Should.Throw<ToolException>(lease.Require).Message.ShouldContain("stood still for longer than its lease");
    }

    [Fact]
    public async Task Should_keep_the_lease_where_it_went_forward()
    {
        var row = Row();
        _time.Offset = TimeSpan.FromHours(1);
        await using var lease = Keep(row);

        lease.Require();
    }

    private EffectEntry Row() => new()
    {
        Key = "key", TaskId = "task", StepId = "step", Tool = "http.request", ActionHash = "hash", State = EffectState.Intended, IntendedAt = _time.GetUtcNow(), MadeAt = _time.GetTimestamp(),
    };

    private Lease Keep(EffectEntry row) => new(row, Length, _time, _ => Task.CompletedTask, _ => Task.CompletedTask);
}
