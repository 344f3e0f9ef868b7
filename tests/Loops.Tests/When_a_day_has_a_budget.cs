using LoopBus.Loops.Budgets;

namespace LoopBus.Loops.Tests;

public sealed class When_a_day_has_a_budget
{
    private static readonly Amount Wanted = new(50, 1m);
    private static readonly Amount Least = new(5, 0.1m);

    [Fact]
    public void Should_give_all_that_is_wanted_while_there_is_as_much()
    {
        Decide(Day(limit: 100, spent: 20, reserved: 30)).ShouldBe(new BudgetVerdict.Take(Wanted));
        Decide(Day(limit: null, spent: 2_000_000_000_000, reserved: 30)).ShouldBe(new BudgetVerdict.Take(Wanted));
        Decide().ShouldBe(new BudgetVerdict.Take(Wanted));
    }

    [Fact]
    public void Should_wait_for_what_others_have_reserved_and_only_for_that()
    {
        var busy = Day(limit: 100, spent: 20, reserved: 60);

        Decide(busy).ShouldBe(new BudgetVerdict.Wait(busy));
        Decide(Day(limit: 100, spent: 80, reserved: 0)).ShouldBe(new BudgetVerdict.Take(new Amount(20, 1m), "loop:tale"));
        Decide([Day(limit: 100, spent: 80, reserved: 0), busy]).ShouldBe(new BudgetVerdict.Wait(busy));
    }

    [Fact]
    public void Should_take_what_is_left_when_it_has_waited_long_enough()
    {
        Decide([Day(limit: 100, spent: 20, reserved: 60)], mayWait: false).ShouldBe(new BudgetVerdict.Take(new Amount(20, 1m), "loop:tale"));
    }

    [Fact]
    public void Should_refuse_what_is_too_little_to_ask_with()
    {
        var spent = Day(limit: 100, spent: 96, reserved: 0);
        var busy = Day(limit: 100, spent: 20, reserved: 76);

        Decide(spent).ShouldBe(new BudgetVerdict.Deny(spent));
        Decide([busy], mayWait: false).ShouldBe(new BudgetVerdict.Deny(busy));
        Decide([Day(limit: 1000, spent: 0, reserved: 0), spent]).ShouldBe(new BudgetVerdict.Deny(spent));
    }

    [Fact]
    public void Should_hold_dollars_as_well_as_tokens()
    {
        var dear = new BudgetDay("tenant:acme", new DailyBudget(Tokens: 1_000_000, Usd: 2m), new Amount(10, 1.95m), default);

        Decide(dear).ShouldBe(new BudgetVerdict.Deny(dear));
        Decide(dear with { Spent = new Amount(10, 1.5m) }).ShouldBe(new BudgetVerdict.Take(new Amount(50, 0.5m), "tenant:acme"));
        (dear with { Spent = new Amount(10, 2.01m) }).IsOver.ShouldBeTrue();
    }

    [Theory]
    [InlineData("19 20 21", true)]
    [InlineData("18 19 21", false)]
    [InlineData("20 21", false)]
    [InlineData("17 18 19 20 21", true)]
    [InlineData("18 19 20", false)]
    public void Should_flag_the_third_day_in_a_row(string usedUp, bool flagged) =>
        BudgetRules.IsFlagged(new DateOnly(2026, 11, 21), usedUp.Split(' ').Select(day => new DateOnly(2026, 11, int.Parse(day)))).ShouldBe(flagged);

    [Fact]
    public void Should_be_renewed_at_midnight_UTC()
    {
        var late = new DateTimeOffset(2026, 11, 21, 23, 30, 0, TimeSpan.FromHours(-2));

        BudgetRules.RenewedAt(BudgetRules.DayOf(late)).ShouldBe(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));
    }

    private static BudgetVerdict Decide(params BudgetDay[] days) => Decide(days, mayWait: true);

    private static BudgetVerdict Decide(IReadOnlyList<BudgetDay> days, bool mayWait) => BudgetRules.Decide(days, Wanted, Least, mayWait);

    private static BudgetDay Day(long? limit, long spent, long reserved) => new("loop:tale", new DailyBudget(limit), new Amount(spent, 0), new Amount(reserved, 0));
}
