using LoopBus.Coordinator.Overload;
using LoopBus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LoopBus.Coordinator.Tests.Overload;

public sealed class When_the_load_is_judged
{
    private readonly ManualTimeProvider time = new();
    private readonly QueueLag lag;
    private readonly Admission admission;

    public When_the_load_is_judged()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var metrics = ActivatorUtilities.CreateInstance<AdmissionMetrics>(services);
        lag = new QueueLag(time);
        admission = new Admission(lag, metrics, time, Options.Create(new CoordinatorOptions { MostActiveRuns = 3, MostLagSeconds = 10, MostLateMessages = 100 }));
    }

    [Theory]
    [InlineData(1, false, 1000)]
    [InlineData(300, false, 3000)]
    [InlineData(4000, false, 5000)]
    [InlineData(4000, true, 1000)]
    public void Should_measure_less_often_where_that_takes_long_but_not_for_long(int tookMilliseconds, bool failed, int pauseMilliseconds) =>
        LoadGauge.Pause(TimeSpan.FromMilliseconds(tookMilliseconds), failed, TimeSpan.FromSeconds(1)).TotalMilliseconds.ShouldBe(pauseMilliseconds);

    [Fact]
    public void Should_count_what_was_taken_since_the_measurement()
    {
        admission.Measured(new Load(1, 0), []);

        admission.Take("a").ShouldBeNull();
        admission.Take("b").ShouldBeNull();
        admission.Take("c")!.Code.ShouldBe("overloaded");
    }

    [Fact]
    public void Should_count_a_task_once()
    {
        admission.Measured(new Load(2, 0), []);

        admission.Take("a").ShouldBeNull();
        admission.Take("a").ShouldBeNull();
        admission.NotBegun.ShouldBe(["a"]);
    }

    [Fact]
    public void Should_take_one_for_each_that_ended()
    {
        admission.Measured(new Load(2, 0), []);
        admission.Take("a").ShouldBeNull();
        admission.Take("b").ShouldNotBeNull();

        admission.Measured(new Load(2, 0), ["a"]);

        admission.Take("b").ShouldBeNull();
    }

    [Fact]
    public void Should_give_a_place_back_that_was_not_needed()
    {
        admission.Measured(new Load(2, 0), []);
        admission.Take("a").ShouldBeNull();

        admission.Forget("a");

        admission.Take("b").ShouldBeNull();
    }

    [Fact]
    public void Should_refuse_while_every_message_is_late()
    {
        Late(8, TimeSpan.FromSeconds(11));
        admission.Take("a")!.Text.ShouldContain("MostLagSeconds");

        Late(1, TimeSpan.FromSeconds(1));
        admission.Take("a").ShouldBeNull();
    }

    [Fact]
    public void Should_take_no_notice_of_a_few_late_messages()
    {
        Late(7, TimeSpan.FromDays(1));

        admission.Take("a").ShouldBeNull();
    }

    [Fact]
    public void Should_forget_the_lag_of_a_queue_that_fell_silent()
    {
        Late(8, TimeSpan.FromSeconds(11));

        time.Advance(TimeSpan.FromSeconds(11));

        admission.Take("a").ShouldBeNull();
    }

    [Fact]
    public void Should_refuse_while_much_can_not_go_out()
    {
        admission.Measured(new Load(0, 100), []).ShouldNotBeNull().ShouldContain("MostLateMessages");
        admission.Take("a").ShouldNotBeNull();

        admission.Measured(new Load(0, 99), []).ShouldBeNull();
        admission.Take("a").ShouldBeNull();
    }

    [Fact]
    public void Should_refuse_while_the_database_does_not_answer()
    {
        admission.Outage().ShouldBeNull();

        admission.NotMeasured();
        admission.Outage()!.Code.ShouldBe("unavailable");

        admission.Measured(new Load(0, 0), []);
        admission.Outage().ShouldBeNull();
        admission.Take("a").ShouldBeNull();
    }

    [Fact]
    public void Should_keep_people_away_the_longer_the_longer_it_lasts()
    {
        admission.Measured(new Load(3, 0), []);
        admission.Take("a")!.RetryAfterSeconds.ShouldBeInRange(1, 2);

        time.Advance(TimeSpan.FromSeconds(20));
        admission.Take("a")!.RetryAfterSeconds.ShouldBeInRange(20, 40);

        time.Advance(TimeSpan.FromHours(1));
        admission.Take("a")!.RetryAfterSeconds.ShouldBe(60);
    }

    private void Late(int messages, TimeSpan age)
    {
        for (var message = 0; message < messages; message++)
            lag.Waited(age);
    }
}
