using System.Globalization;
using LoopBus.Loops.Scheduling;

namespace LoopBus.Loops.Tests;

public sealed class When_a_loop_has_a_schedule
{
    [Theory]
    [InlineData("*/5 * * * *", "2026-11-21T19:58:21", "2026-11-21T20:00")]
    [InlineData("*/5 * * * *", "2026-11-21T20:00:00", "2026-11-21T20:05")]
    [InlineData("30 3 * * *", "2026-12-31T03:30:01", "2027-01-01T03:30")]
    [InlineData("0 9-17/4 * * mon-fri", "2026-11-20T17:00:00", "2026-11-23T09:00")]
    [InlineData("0 0 1,15 * *", "2026-11-15T00:00:00", "2026-12-01T00:00")]
    [InlineData("0 0 13 * fri", "2026-11-21T00:00:00", "2026-11-27T00:00")]
    [InlineData("0 12 29 feb *", "2026-11-21T00:00:00", "2028-02-29T12:00")]
    [InlineData("5/20 * * * 7", "2026-11-21T00:00:00", "2026-11-22T00:05")]
    public void Should_come_next(string schedule, string after, string due) =>
        CronSchedule.Parse(schedule).Next(Time(after)).ShouldBe(Time(due));

    [Theory]
    [InlineData("*/5 * * * *", "2026-11-21T19:00", "2026-11-21T19:58:21", "2026-11-21T19:55")]
    [InlineData("*/5 * * * *", "2026-11-21T19:55", "2026-11-21T19:58:21", null)]
    [InlineData("0 3 * * *", "2026-11-10T12:00", "2026-11-21T02:59:59", "2026-11-20T03:00")]
    [InlineData("0 3 * * *", "2026-11-21T00:00", "2026-11-21T03:00:00", "2026-11-21T03:00")]
    [InlineData("0 0 29 2 *", "2020-01-01T00:00", "2026-11-21T00:00", "2024-02-29T00:00")]
    public void Should_know_what_was_due_last(string schedule, string after, string until, string? due) =>
        CronSchedule.Parse(schedule).Latest(Time(after), Time(until)).ShouldBe(due is null ? null : Time(due));

    [Theory]
    [InlineData("* * * *", "a schedule has five fields")]
    [InlineData("60 * * * *", "'60' is no minute of a schedule.")]
    [InlineData("* 5-3 * * *", "'5-3' is no hour of a schedule.")]
    [InlineData("* * 0 * *", "'0' is no day of month of a schedule.")]
    [InlineData("*/0 * * * *", "'0' is no minute of a schedule.")]
    [InlineData("* * * * someday", "'someday' is no day of week of a schedule.")]
    [InlineData("0 0 30 feb *", "'0 0 30 feb *' never comes")]
    public void Should_be_one_that_comes(string schedule, string problem) =>
        LoopText.Problems($"{LoopText.Right}\nschedule: \"{schedule}\"\nscheduledInput: {{ path: a.txt }}").ShouldHaveSingleItem().ShouldContain(problem);

    [Fact]
    public void Should_give_its_runs_an_input_that_fits()
    {
        LoopText.Problems($"{LoopText.Right}\nschedule: \"* * * * *\"").ShouldHaveSingleItem().ShouldContain("schedule: scheduledInput does not fit input: path: is required.");
        LoopText.Problems($"{LoopText.Right}\nschedule: \"* * * * *\"\nscheduledInput: {{ path: 3 }}").ShouldHaveSingleItem().ShouldContain("scheduledInput does not fit input: path: must be text.");
        LoopText.Problems($"{LoopText.Right}\nscheduledInput: {{ path: a.txt }}").ShouldHaveSingleItem().ShouldContain("and there is none.");
        LoopText.Parse($"{LoopText.Right}\nschedule: \"* * * * *\"\nscheduledInput: {{ path: a.txt }}").ScheduledInput!.Value.GetProperty("path").GetString().ShouldBe("a.txt");
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
