using System.Text.Json;
using LoopBus.Executor.Tools;
using LoopBus.Executor.Tools.Http;
using LoopBus.Hosting.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Tests.Tools.Http;

public sealed class When_a_host_is_checked(WebContext http) : IClassFixture<WebContext>
{
    [Theory]
    [InlineData(200, true)]
    [InlineData(404, false)]
    [InlineData(503, false)]
    public async Task Should_say_what_it_answers(int status, bool up)
    {
        http.Answer = context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync("state of things");
        };

        var seen = await Check($"{http.Address}", http.AllowingServer());

        (seen.GetProperty("up").GetBoolean(), seen.GetProperty("status").GetInt32(), seen.GetProperty("body").GetString()).ShouldBe((up, status, "state of things"));
    }

    [Fact]
    public async Task Should_not_fail_where_nobody_answers()
    {
        var seen = await Check("http://127.0.0.1:1/", http.Allowing("127.0.0.1:1"));

        seen.GetProperty("up").GetBoolean().ShouldBeFalse();
        seen.GetProperty("status").ValueKind.ShouldBe(JsonValueKind.Null);
        seen.GetProperty("problem").GetString()!.ShouldContain("127.0.0.1:1");
    }

    [Fact]
    public async Task Should_go_to_no_host_that_is_not_allowed()
    {
        (await Should.ThrowAsync<ToolException>(() => Check($"{http.Address}", http.Allowing()))).Code.ShouldBe("host-not-allowed");
    }

    private static async Task<JsonElement> Check(string url, WebOptions options)
    {
        using var web = new GuardedWeb(Options.Create(options));
        return await new HttpCheckTool(web, TimeProvider.System).Invoke(WebContext.Call(new { url }), CancellationToken.None);
    }
}
