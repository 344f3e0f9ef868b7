using System.Text.Json;
using LoopBus.Executor.Tools;
using LoopBus.Testing.Git;

namespace LoopBus.Executor.Tests.Review;

public sealed class When_reviews_are_put_together : IDisposable
{
    private readonly ScratchRepository _scratch = new();
    private readonly ReviewContext _review;
    private readonly string _head;

    public When_reviews_are_put_together()
    {
        _review = new(_scratch.Root);
        _head = _scratch.Write("a.cs", "class A { }\n").Write("b.md", "text\n").Commit();
    }

    [Fact]
    public async Task Should_post_the_most_severe_and_count_the_rest()
    {
        var findings = Enumerable.Range(0, 60).Select(line => Finding(line == 59 ? "high" : "low", 0.7)).ToList();

        var review = await Aggregate([Review("a.cs", findings), Review("b.md", [])]);

        review.GetProperty("findings").GetArrayLength().ShouldBe(49);
        review.GetProperty("findings")[0].GetProperty("severity").GetString().ShouldBe("high");
        review.GetProperty("omitted").GetInt32().ShouldBe(12);
        review.GetProperty("counts").GetProperty("low").GetInt32().ShouldBe(60);
        review.GetProperty("verdict").GetString().ShouldBe("comment");
    }

    [Theory]
    [InlineData("critical", 0.95, "request-changes", 1)]
    [InlineData("critical", 0.6, "comment", 0)]
    [InlineData("high", 0.61, "comment", 1)]
    public async Task Should_judge_by_what_is_sure(string severity, double confidence, string verdict, int posted)
    {
        var review = await Aggregate([Review("a.cs", [Finding(severity, confidence)]), Review("b.md", [])]);

        review.GetProperty("verdict").GetString().ShouldBe(verdict);
        review.GetProperty("findings").EnumerateArray().Count(finding => finding.GetProperty("rule").GetString() == "a/b").ShouldBe(posted);
        review.GetProperty("counts").GetProperty("unsure").GetInt32().ShouldBe(1 - posted);
    }

    [Fact]
    public async Task Should_leave_out_what_people_rejected_before_and_say_how_many()
    {
        var found = await _review.Review(_scratch.Folder, "HEAD");
        var missing = found.GetProperty("findings")[0];

        var review = await _review.Review(_scratch.Folder, "HEAD", [new { rule = missing.GetProperty("rule"), file = missing.GetProperty("file"), evidence = "class A { }" }, new { rule = "a/b", file = "a.cs", evidence = "else" }]);

        review.GetProperty("findings").GetArrayLength().ShouldBe(0);
        review.GetProperty("verdict").GetString().ShouldBe("approve");
        review.GetProperty("counts").GetProperty("known").GetInt32().ShouldBe(1);
        review.GetProperty("summary").GetString()!.ShouldEndWith("1 known false positive left out.");
    }

    [Fact]
    public async Task Should_ask_for_a_test_once()
    {
        var review = await _review.Review(_scratch.Folder, "HEAD");

        var finding = review.GetProperty("findings").EnumerateArray().ShouldHaveSingleItem();
        finding.GetProperty("rule").GetString().ShouldBe("tests/missing");
        finding.GetProperty("evidence").GetString().ShouldBe("class A { }");
    }

    [Theory]
    [InlineData("b.md", "more text\n")]
    [InlineData("a.cs", "// said\nclass A { }\n")]
    [InlineData("tests/ATests.cs", "class ATests { }\n")]
    public async Task Should_ask_for_no_test_where_no_code_changed(string file, string text)
    {
        _scratch.Write(file, text).Commit();

        var review = await _review.Review(_scratch.Folder, "HEAD");

        review.GetProperty("verdict").GetString().ShouldBe("approve", review.ToString());
        review.GetProperty("summary").GetString().ShouldNotBeNull().ShouldContain("nothing found");
    }

    [Theory]
    [InlineData("model/correctness", "model/correctness", 0)]
    [InlineData("security/secret", "model/security", 0)]
    [InlineData("model/correctness", "model/security", 1)]
    [InlineData("model/security", "security/weak", 1)]
    public async Task Should_know_a_models_finding_again_by_what_it_is_about(string rejected, string rule, int posted)
    {
        var said = Finding("critical", 0.9, rule);

        var review = await Aggregate(
            [Review("a.cs", rule.StartsWith("model/", StringComparison.Ordinal) ? [] : [said]), Review("b.md", [])],
            model: new { note = "A model looked too.", findings = rule.StartsWith("model/", StringComparison.Ordinal) ? new[] { said } : [] },
            known: [new { rule = rejected, file = "a.cs", evidence = "class A { }" }]
        );

        review.GetProperty("findings").EnumerateArray().Count(finding => finding.GetProperty("rule").GetString() == rule).ShouldBe(posted);
        review.GetProperty("counts").GetProperty("known").GetInt32().ShouldBe(1 - posted);
        review.GetProperty("verdict").GetString().ShouldBe(posted == 1 ? "request-changes" : "comment");
    }

    [Theory]
    [InlineData(0.6, 0)]
    [InlineData(0.61, 1)]
    public async Task Should_hold_a_model_to_the_same_threshold(double confidence, int posted)
    {
        var review = await Aggregate(
            [Review("a.cs", []), Review("b.md", [])], model: new { note = "A model looked too.", findings = new[] { Finding("high", confidence, "model/data") } });

        review.GetProperty("counts").GetProperty("model").GetInt32().ShouldBe(posted);
        review.GetProperty("counts").GetProperty("unsure").GetInt32().ShouldBe(1 - posted);
    }

    [Fact]
    public async Task Should_refuse_a_file_that_is_left_out_or_comes_twice()
    {
        (await Should.ThrowAsync<ToolException>(() => Aggregate([Review("a.cs", [])]))).Message.ShouldContain("'b.md' is not reviewed");
        (
            await Should.ThrowAsync<ToolException>(() => Aggregate([Review("a.cs", []), Review("b.md", []), Review("a.cs", [])]))
        ).Message.ShouldContain("'a.cs' is reviewed twice");
        (
            await Should.ThrowAsync<ToolException>(() => Aggregate([Review("a.cs", []), Review("b.md", []), Review("c.cs", [])]))
        ).Message.ShouldContain("'c.cs' is reviewed and did not change");
    }

    [Fact]
    public async Task Should_review_a_commit_that_changes_nothing()
    {
        _scratch.Commit("empty");

        (await _review.Review(_scratch.Folder, "HEAD")).GetProperty("verdict").GetString().ShouldBe("approve");
    }

    [Fact]
    public async Task Should_say_what_could_not_be_read()
    {
        _scratch.Write("picture.png", "a\0b").Commit();

        (await _review.Review(_scratch.Folder, "HEAD"))
            .GetProperty("summary")
            .GetString()
            .ShouldNotBeNull()
            .ShouldContain("1 file could not be read by rules");
    }

    public void Dispose()
    {
        _review.Dispose();
        _scratch.Dispose();
    }

    private static object Finding(string severity, double confidence, string rule = "a/b") =>
        new
        {
            file = "a.cs",
            line = 1,
            side = "new",
            rule,
            severity,
            confidence,
            message = "m",
            evidence = "class A { }",
        };

    private static object Review(string file, IEnumerable<object> findings) =>
        new
        {
            file,
            status = "added",
            language = file == "a.cs" ? "csharp" : "markdown",
            isTest = false,
            addedLines = 1,
            codeChanged = true,
            firstLine = 1,
            findings,
            omitted = 0,
        };

    private async Task<JsonElement> Aggregate(IReadOnlyList<object> reviews, object? model = null, IReadOnlyList<object>? known = null)
    {
        var changed = await _review.Call("git.changed_files", new { repository = _scratch.Folder, range = "HEAD" });
        return await _review.Call(
            "review.aggregate",
            new
            {
                repository = _scratch.Folder,
                @base = changed.GetProperty("base"),
                head = _head,
                files = changed.GetProperty("files"),
                reviews,
                model = model ?? new { note = "Only rules looked.", findings = Array.Empty<object>() },
                known = known ?? [],
            }
        );
    }
}
