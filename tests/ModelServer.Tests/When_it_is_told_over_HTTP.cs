using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LoopBus.ModelServer.Scripts;

namespace LoopBus.ModelServer.Tests;

public sealed class When_it_is_told_over_HTTP
{
    [Fact]
    public async Task Should_take_a_script_and_more_rules()
    {
        await using var host = await ModelHost.Start(new Script());
        using var http = new HttpClient { BaseAddress = host.Address };

        (await Send(http, HttpMethod.Put, "script", """{ "rules": [ { "when": { "contains": "plan" }, "then": [ { "json": { "steps": [ "süß" ] } } ] } ] }""")).ShouldBe("204 ");
        (await Send(http, HttpMethod.Post, "rules", """{ "misbehaviour": "429-then-fine", "then": [ { "text": "other" } ] }""")).ShouldBe("204 ");

        (await host.OpenAi().Ask("plan it")).ShouldBe("""{"steps":["süß"]}""");
        (await host.Claude(retries: 1).Ask("Hello")).ShouldBe("other");
    }

    [Fact]
    public async Task Should_say_what_is_wrong_with_a_script()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always("as before")));
        using var http = new HttpClient { BaseAddress = host.Address };

        (await Send(http, HttpMethod.Put, "script", """{ "rules": [ { "then": [] } ] }""")).ShouldContain("400 {\"error\":\"rule 1: it has no reply");
        (await Send(http, HttpMethod.Post, "rules", """{ "then": [ { "texts": "x" } ] }""")).ShouldContain("texts");

        (await host.OpenAi().Ask("Hello")).ShouldBe("as before");
    }

    [Fact]
    public async Task Should_show_count_and_clear_the_journal()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always("fine")));
        using var http = new HttpClient { BaseAddress = host.Address };
        await host.OpenAi().Ask("run 7");
        await host.Claude().Ask("run 8");

        var journal = await http.GetFromJsonAsync<JsonElement>("journal");
        var counts = new[] { await Count(http, "run"), await Count(http, "run 8"), await Count(http, "run 9") };
        await Send(http, HttpMethod.Delete, "journal", "");
        var cleared = await http.GetFromJsonAsync<JsonElement>("journal");

        journal.GetProperty("dropped").GetInt64().ShouldBe(0);
        var call = journal.GetProperty("calls")[1];
        call.GetProperty("model").GetString().ShouldBe("claude-scripted");
        call.GetProperty("ending").GetString().ShouldBe("answered");
        call.GetProperty("messages")[0].GetProperty("text").GetString().ShouldBe("run 8");
        journal.GetRawText().ShouldNotContain(host.Key);
        counts.ShouldBe([2, 1, 0]);
        cleared.GetProperty("calls").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("v1/chat/completions", "{ broken", HttpStatusCode.BadRequest, "We could not parse the JSON body of your request.")]
    [InlineData("v1/chat/completions", "[]", HttpStatusCode.BadRequest, "no JSON object")]
    [InlineData("v1/chat/completions", """{ "messages": [] }""", HttpStatusCode.BadRequest, "you must provide a model parameter")]
    [InlineData("v1/chat/completions", """{ "model": "m" }""", HttpStatusCode.BadRequest, "missing_required_parameter")]
    [InlineData("v1/messages", """{ "model": "m" }""", HttpStatusCode.BadRequest, "anthropic-version: header is required")]
    [InlineData("v1/embeddings", """{ "model": "m", "input": "" }""", HttpStatusCode.BadRequest, "'$.input' is invalid")]
    [InlineData("v1/embeddings", """{ "model": "m", "input": "x", "dimensions": 0 }""", HttpStatusCode.BadRequest, "Invalid value for 'dimensions'")]
    [InlineData("v1/responses", "{}", HttpStatusCode.NotFound, "Invalid URL (POST /v1/responses)")]
    public async Task Should_refuse_what_the_APIs_refuse(string path, string body, HttpStatusCode status, string reason)
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always("never said")));
        using var http = new HttpClient { BaseAddress = host.Address };
        http.DefaultRequestHeaders.Add("x-api-key", host.Key);

        var answer = await Send(http, HttpMethod.Post, path, body);

        answer.ShouldStartWith($"{(int)status} ");
        JsonDocument.Parse(answer[4..]).RootElement.GetProperty("error").GetProperty("message").GetString().ShouldNotBeNull();
        answer.Replace("\\u0027", "'", StringComparison.Ordinal).ShouldContain(reason);
    }

    [Theory]
    [InlineData("v1/chat/completions", """{ "model": "m", "messages": [ 1, "x", { "content": 5 }, { "content": [ 1, { "type": 2 } ], "tool_calls": [ 1, {} ] } ], "tools": [ 1, {} ] }""")]
    [InlineData("v1/messages", """{ "model": "m", "max_tokens": 1, "system": 3, "messages": [ 1, { "content": [ { "type": "tool_use" }, { "type": "tool_result" } ] } ], "tools": [ 1 ] }""")]
    [InlineData("v1/embeddings", """{ "model": "m", "input": [ [ 1, 2 ], [ "x" ] ], "dimensions": "many" }""")]
    public async Task Should_bear_bodies_of_any_shape(string path, string body)
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always("fine")));
        using var http = new HttpClient { BaseAddress = host.Address };
        http.DefaultRequestHeaders.Add("x-api-key", host.Key);
        http.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");

        (await Send(http, HttpMethod.Post, path, body)).ShouldStartWith("200 ");
    }

    [Fact]
    public async Task Should_write_down_calls_of_other_paths()
    {
        await using var host = await ModelHost.Start(new Script());
        using var http = new HttpClient { BaseAddress = host.Address };

        await Send(http, HttpMethod.Get, "v1/models", "");
        await Send(http, HttpMethod.Post, "v1/responses", "{}");

        host.Journal.Calls.Select(call => (call.Path, call.Status)).ShouldBe([("/v1/models", 401), ("/v1/responses", 404)]);
    }

    [Fact]
    public async Task Should_refuse_a_body_that_is_too_large()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always("never said")), new ModelHostOptions { BodyLimit = 1000 });
        using var http = new HttpClient { BaseAddress = host.Address };
        http.DefaultRequestHeaders.Add("x-api-key", host.Key);

        var answer = await Send(http, HttpMethod.Post, "v1/messages", $$"""{ "model": "{{new string('m', 2000)}}" }""");

        answer.ShouldStartWith("413 ");
        answer.ShouldContain("request_too_large");
    }

    private static async Task<string> Send(HttpClient http, HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body) };
        using var answer = await http.SendAsync(request);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
    }

    private static async Task<int> Count(HttpClient http, string text) =>
        (await http.GetFromJsonAsync<JsonElement>($"count?contains={Uri.EscapeDataString(text)}")).GetProperty("count").GetInt32();
}
