using System.Text.Json;
using LoopBus.Contracts.Planning;
using LoopBus.Loops.Observation;
using LoopBus.Loops.Tools;

namespace LoopBus.Loops.Tests;

public sealed class When_a_run_repeats_itself
{
    private readonly List<Turn> turns = [];

    [Fact]
    public void Should_see_the_same_call_whatever_the_order_of_its_arguments()
    {
        Did("http.request", """{ "method": "GET", "url": "http://a/" }""", "1");

        Next("http.request", """{ "url": "http://a/", "method": "GET" }""").ShouldBe("http.request was called with the same arguments already: act-1.");
        Next("http.request", """{ "url": "http://b/", "method": "GET" }""").ShouldBeNull();
    }

    [Fact]
    public void Should_let_a_file_be_read_again_once_after_something_was_written()
    {
        Did("file.read", """{ "path": "a" }""", "1");
        Did("file.write", """{ "path": "a", "content": "x" }""", "2");

        Next("file.read", """{ "path": "a" }""").ShouldBeNull();

        Did("file.read", """{ "path": "a" }""", "3");
        Did("file.write", """{ "path": "a", "content": "y" }""", "4");

        Next("file.read", """{ "path": "a" }""").ShouldBe("file.read was called with the same arguments 2 times: act-1, act-3.");
    }

    [Fact]
    public void Should_let_a_call_be_tried_again_that_failed()
    {
        turns.Add(new Turn("act-1", "file.read", Json("""{ "path": "a" }"""), null, "no such file", default));

        Next("file.read", """{ "path": "a" }""").ShouldBeNull();
    }

    [Fact]
    public void Should_see_that_three_actions_brought_the_same()
    {
        Did("file.read", """{ "path": "a" }""", "same");
        Did("file.read", """{ "path": "b" }""", "same");
        Next("file.read", """{ "path": "d" }""").ShouldBeNull();

        Did("file.read", """{ "path": "c" }""", "same");

        Next("file.read", """{ "path": "d" }""").ShouldBe("The last 3 actions, all file.read, brought the same output: act-1, act-2, act-3.");
        Next("http.request", """{ "method": "GET", "url": "http://a/" }""").ShouldBeNull("another tool is another way");
    }

    [Fact]
    public void Should_see_a_subgoal_come_back_and_let_one_last()
    {
        foreach (var subgoal in new[] { "gather", "gather", "gather", "gather", "write", "Gather " })
            Did("file.read", $$"""{ "path": "{{turns.Count}}" }""", $"{turns.Count}", subgoal);

        Next("file.read", """{ "path": "x" }""", "gather").ShouldBeNull();
        Next("file.read", """{ "path": "x" }""", "write").ShouldBeNull();

        Did("file.read", """{ "path": "y" }""", "y", "write");

        Next("file.read", """{ "path": "x" }""", "gather").ShouldBe("It comes back to the subgoal 'gather' for the third time.");
    }

    [Fact]
    public void Should_forget_what_is_long_ago()
    {
        for (var i = 0; i <= Repetition.Window; i++)
            Did("file.read", $$"""{ "path": "{{i}}" }""", $"{i}");

        Next("file.read", """{ "path": "0" }""").ShouldBeNull();
        Next("file.read", """{ "path": "1" }""").ShouldNotBeNull();
    }

    private void Did(string tool, string arguments, string output, string? subgoal = null) =>
        turns.Add(new Turn($"act-{turns.Count + 1}", tool, Json(arguments), JsonSerializer.SerializeToElement(new { output }), null, default, subgoal));

    private string? Next(string tool, string arguments, string? subgoal = null) => new Repetition(ToolCatalogue.BuiltIn).Find(turns, tool, Json(arguments), subgoal);

    private static JsonElement Json(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
