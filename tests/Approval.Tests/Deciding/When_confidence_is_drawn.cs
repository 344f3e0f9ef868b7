using LoopBus.Approval.Pages;

namespace LoopBus.Approval.Tests.Deciding;

public sealed class When_confidence_is_drawn
{
    [Fact]
    public void Should_be_bars_between_nothing_and_all()
    {
        var chart = ConfidenceChart.Of([1, 0.5, 0]);

        chart.Bars.Select(bar => bar.Height).ShouldBe([ConfidenceChart.Height, ConfidenceChart.Height / 2, 2]);
        chart.Bars.ShouldAllBe(bar => bar.Y + bar.Height == ConfidenceChart.Height);
        chart.Text.ShouldEndWith("1.00, 0.50, 0.00");
        chart.Caption.ShouldBe("1.00 → 0.00, lowest 0.00");
    }

    [Fact]
    public void Should_stay_inside_whatever_a_model_says() =>
        ConfidenceChart.Of([7, -1]).Bars.ShouldAllBe(bar => bar.Y >= 0 && bar.Height <= ConfidenceChart.Height);

    [Fact]
    public void Should_be_said_in_one_word_where_there_was_one_action() => ConfidenceChart.Of([0.4]).Caption.ShouldBe("0.40");

    [Fact]
    public void Should_show_the_last_of_many()
    {
        var chart = ConfidenceChart.Of([.. Enumerable.Range(1, 1000).Select(action => action / 1000.0)]);

        chart.Bars.Count.ShouldBe(60);
        chart.Bars[^1].Text.ShouldBe("1000: 1.00");
        chart.Width.ShouldBeLessThan(640);
        chart.Caption.ShouldContain("the last 60 of 1000");
    }
}
