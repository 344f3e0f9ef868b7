using LoopBus.ModelServer.Scripts;

namespace LoopBus.ModelServer.Tests;

public sealed class When_a_script_is_wrong
{
    [Theory]
    [InlineData("""{ "rules": [ { "when": { "contain": "x" }, "then": [ { "text": "y" } ] } ] }""", "contain")]
    [InlineData("""{ "rules": [ { "name": "plan" } ] }""", "plan: it has no reply")]
    [InlineData("""{ "rules": [ { "misbehaviour": "sulking" } ] }""", "rule 1: there is no misbehaviour sulking: take one of slow,")]
    [InlineData("""{ "rules": [ { "when": { "matches": "(" }, "then": [ { "text": "y" } ] } ] }""", "rule 1: Invalid pattern")]
    [InlineData("""{ "rules": [ { "when": { "matches": "(?<id>x)" }, "then": [ { "text": "${name}" } ] } ] }""", "`matches` has no group name")]
    [InlineData("""{ "rules": [ { "then": [ { "status": 200 } ] } ] }""", "the status 200 is no error")]
    [InlineData("""{ "rules": [ { "then": [ { "delay": -1 } ] } ] }""", "a time is less than nothing")]
    [InlineData("""{ "rules": [ { "when": { "call": 0 }, "then": [ { "text": "y" } ] } ] }""", "`call` counts from 1")]
    [InlineData("{", "This is no script")]
    public async Task Should_say_where_and_why(string script, string reason)
    {
        var exception = await Should.ThrowAsync<InvalidDataException>(() => ModelHost.Start(script));

        exception.Message.ShouldContain(reason);
    }

    [Fact]
    public async Task Should_listen_on_the_loopback_interface_alone()
    {
        var exception = await Should.ThrowAsync<InvalidDataException>(() => ModelHost.Start(new Script(), new ModelHostOptions { Url = "http://0.0.0.0:0" }));

        exception.Message.ShouldContain("not one of the loopback interface");
    }
}
