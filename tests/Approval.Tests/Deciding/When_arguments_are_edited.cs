using System.Text.Json;
using LoopBus.Approval.Questions;
using LoopBus.Loops.Tools;

namespace LoopBus.Approval.Tests.Deciding;

public sealed class When_arguments_are_edited
{
    private static readonly JsonElement Present = JsonSerializer.SerializeToElement(new { path = "a.txt", content = "one" });

    [Fact]
    public void Should_be_kept_as_they_were_written()
    {
        Problem("""{ "path": "a.txt", "content": "zwei — 你好", "limit": 1.10 }""", out var json).ShouldBeNull();

        json.ShouldBe("""{"path":"a.txt","content":"zwei — 你好","limit":1.10}""");
    }

    [Fact]
    public void Should_be_those_of_a_tool_that_nobody_described()
    {
        Problem("""{ "whatever": true }""", out var json).ShouldBeNull();

        json.ShouldNotBeNull();
    }

    [Fact]
    public void Should_be_what_the_tool_takes() =>
        EditedArguments.Read("""{ "path": "", "mode": 7 }""", Present, ToolCatalogue.BuiltIn.Find("file.write")!.Input, out _)
            .ShouldNotBeNull().ShouldContain("content: is required");

    [Theory]
    [InlineData(64 * 1024 - 14, true)]
    [InlineData(64 * 1024 - 13, false)]
    public void Should_be_small_whatever_blanks_stand_between(int letters, bool small)
    {
        var problem = Problem($$"""{ {{new string(' ', 100_000)}} "content": "{{new string('a', letters)}}" }""", out _);

        (problem is null).ShouldBe(small);
    }

    [Fact]
    public void Should_not_be_read_at_all_where_they_are_huge() =>
        Problem($$"""{ "content": "{{new string('a', 600_000)}}" }""", out _).ShouldNotBeNull().ShouldContain("more than 64 KiB");

    [Theory]
    [InlineData(31, true)]
    [InlineData(32, false)]
    [InlineData(20_000, false)]
    public void Should_nest_only_so_deep(int lists, bool fits)
    {
        var problem = Problem($$"""{ "content": {{new string('[', lists)}}{{new string(']', lists)}} }""", out _);

        (problem is null).ShouldBe(fits, problem);
    }

    [Theory]
    [InlineData("""{ "content": "\ud800" }""")]
    [InlineData("""{ "content": "one", } """)]
    [InlineData("""{ "content": "one" } { }""")]
    [InlineData("""{ "content": 'one' }""")]
    public void Should_be_JSON(string typed) => Problem(typed, out _).ShouldNotBeNull().ShouldStartWith("can not be read as JSON");

    private static string? Problem(string typed, out string? json) => EditedArguments.Read(typed, Present, schema: null, out json);
}
