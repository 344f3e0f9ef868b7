using System.Text;
using LoopBus.Testing.Fuzz;
using Xunit.Abstractions;

namespace LoopBus.Loops.Tests;

[Collection(Measured.Name)]
public sealed class When_a_loop_file_is_any_text(ITestOutputHelper output)
{
    private const int Inputs = 4_000;

    [Fact]
    public async Task Should_be_read_or_refused_with_every_problem_and_its_line()
    {
        var mutations = new Mutations(13, Encoding.UTF8.GetBytes(LoopText.Right));

        var report = await Barrage.Run(Inputs, mutations.Next, bytes =>
            LoopText.Problems(Encoding.UTF8.GetString(bytes)) is [var first, ..]
                ? first.StartsWith("loop.yaml:", StringComparison.Ordinal) ? "refused" : $"refused without a line: {first}"
                : "read");

        output.WriteLine($"{report}");
        report.Outcomes.Keys.ShouldBeSubsetOf(["read", "refused"]);
        report.Slowest.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        report.Growth.ShouldBeLessThan(8 * 1024 * 1024);
    }
}
