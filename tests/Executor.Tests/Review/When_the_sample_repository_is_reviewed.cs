using System.Text.Json;

namespace LoopBus.Executor.Tests.Review;

public sealed class When_the_sample_repository_is_reviewed(Sample sample) : IClassFixture<Sample>, IDisposable
{
    private readonly ReviewContext _review = new(sample.Root);

    [Fact]
    public async Task Should_find_each_planted_fault_at_its_line_and_nothing_else()
    {
        foreach (var commit in sample.Expected)
        {
            var review = await _review.Review(sample.Folder, commit.GetProperty("commit").GetString()!);

            Places(review).ShouldBe(Places(commit), ignoreOrder: true, $"{commit.GetProperty("subject")}:\n{review}");
        }
    }

    [Fact]
    public async Task Should_give_each_verdict()
    {
        var verdicts = new List<string?>();
        foreach (var commit in sample.Expected)
            verdicts.Add(
                (await _review.Review(sample.Folder, commit.GetProperty("commit").GetString()!)).GetProperty("verdict").GetString()
            );

        verdicts.Distinct().Order().ShouldBe(["approve", "comment", "request-changes"]);
    }

    [Fact]
    public async Task Should_review_the_range_that_a_new_branch_brings() =>
        (await _review.Review(sample.Folder, $"{new string('0', 40)}..HEAD"))
            .GetProperty("findings")
            .GetArrayLength()
            .ShouldBeGreaterThan(5);

    [Fact]
    public void Should_leave_a_sample_that_is_there()
    {
        var before = File.GetLastWriteTimeUtc(Path.Combine(sample.Folder, "expected.json"));

        sample.Make();

        File.GetLastWriteTimeUtc(Path.Combine(sample.Folder, "expected.json")).ShouldBe(before);
    }

    public void Dispose() => _review.Dispose();

    private static IEnumerable<string> Places(JsonElement holder) =>
        holder
            .GetProperty("findings")
            .EnumerateArray()
            .Select(finding =>
                $"{finding.GetProperty("file")}:{finding.GetProperty("line")} {finding.GetProperty("side")} {finding.GetProperty("rule")}"
            );
}
