using System.ClientModel;
using Anthropic.Exceptions;
using LoopBus.ModelServer.Scripts;

namespace LoopBus.ModelServer.Tests;

public sealed class When_a_model_refuses
{
    [Fact]
    public async Task Should_tell_both_SDKs_that_the_key_is_wrong()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always("never said")));

        var openAi = await Should.ThrowAsync<ClientResultException>(() => host.OpenAi("sk-wrong").Ask("Hello"));
        var claude = await Should.ThrowAsync<AnthropicUnauthorizedException>(() => host.Claude("sk-wrong").Ask("Hello"));

        openAi.Status.ShouldBe(401);
        openAi.Message.ShouldContain("invalid_api_key");
        claude.ResponseBody.ShouldContain("authentication_error");
        host.Journal.Calls.ShouldAllBe(call => call.Owner == null && call.Status == 401 && call.Rule == null);
    }

    [Fact]
    public async Task Should_tell_the_OpenAI_SDK_when_to_come_again()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always(Reply.Failing(429, retryAfter: 7))));

        var refused = await Should.ThrowAsync<ClientResultException>(() => host.OpenAi().Ask("Hello"));

        refused.Status.ShouldBe(429);
        refused.Message.ShouldContain("rate_limit_exceeded");
        refused.GetRawResponse()!.Headers.TryGetValue("Retry-After", out var seconds).ShouldBeTrue();
        seconds.ShouldBe("7");
        host.Journal.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_tell_the_Anthropic_SDK_when_to_come_again()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always(Reply.Failing(429, retryAfter: 7))));
        using var heard = new RetryAfterHeard();

        var refused = await Should.ThrowAsync<AnthropicRateLimitException>(() => host.Claude(handlers: heard).Ask("Hello"));

        refused.ResponseBody.ShouldContain("rate_limit_error");
        heard.Delay.ShouldBe(TimeSpan.FromSeconds(7));
        host.Journal.Calls.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(500, "server_error", "api_error")]
    [InlineData(503, "server_error", "api_error")]
    [InlineData(529, "server_error", "overloaded_error")]
    public async Task Should_fail_in_the_words_of_each_API(int status, string openAiType, string anthropicType)
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always(Reply.Failing(status))));

        var openAi = await Should.ThrowAsync<ClientResultException>(() => host.OpenAi().Ask("Hello"));
        var claude = await Should.ThrowAsync<Anthropic5xxException>(() => host.Claude().Ask("Hello"));

        openAi.Status.ShouldBe(status);
        openAi.Message.ShouldContain(openAiType);
        ((int)claude.StatusCode).ShouldBe(status);
        claude.ResponseBody.ShouldContain(anthropicType);
    }

    [Fact]
    public async Task Should_say_the_error_that_the_script_says()
    {
        var empty = new Reply { Status = 429, Code = "insufficient_quota", Message = "You exceeded your current quota." };
        await using var host = await ModelHost.Start(Script.Of(Rule.Always(empty)));

        var refused = await Should.ThrowAsync<ClientResultException>(() => host.OpenAi().Ask("Hello"));

        refused.Message.ShouldContain("insufficient_quota");
        refused.Message.ShouldContain("You exceeded your current quota.");
    }

    [Fact]
    public async Task Should_name_the_last_message_where_no_rule_matches()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.On("deploy", "done")));

        var openAi = await Should.ThrowAsync<ClientResultException>(() => host.OpenAi().Ask("Review the pull request"));
        var claude = await Should.ThrowAsync<AnthropicBadRequestException>(() => host.Claude().Ask("Review the pull request"));

        openAi.Status.ShouldBe(400);
        openAi.Message.ShouldContain("No rule of the script answers this call. Its last message is: Review the pull request");
        claude.ResponseBody.ShouldContain("Its last message is: Review the pull request");
    }
}
