using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace LoopBus.Executor.Tests.Tools.Http;

public sealed class When_a_request_is_sent(WebContext http) : IClassFixture<WebContext>
{
    [Fact]
    public async Task Should_bring_json_as_json()
    {
        http.Answer = context => context.Response.WriteAsJsonAsync(new { id = 7 });

        var output = await WebContext.Send(http.AllowingServer(), new { method = "GET", url = http.Address });

        output.GetProperty("status").GetInt32().ShouldBe(200);
        output.GetProperty("encoding").GetString().ShouldBe("json");
        output.GetProperty("body").GetProperty("id").GetInt32().ShouldBe(7);
    }

    [Fact]
    public async Task Should_bring_other_bytes_as_base64()
    {
        http.Answer = context => context.Response.Body.WriteAsync(new byte[] { 0xff, 0xfe, 0 }).AsTask();

        var output = await WebContext.Send(http.AllowingServer(), new { method = "GET", url = http.Address });

        output.GetProperty("encoding").GetString().ShouldBe("base64");
        Convert.FromBase64String(output.GetProperty("body").GetString()!).ShouldBe([0xff, 0xfe, 0]);
    }

    [Fact]
    public async Task Should_send_body_and_headers_and_the_key_of_the_effect()
    {
        (string Key, string Type, string Body, string Extra) heard = default;
        http.Answer = async context =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            heard = (context.Request.Headers["Idempotency-Key"]!, context.Request.ContentType!, await reader.ReadToEndAsync(), context.Request.Headers["X-Extra"]!);
        };

        await WebContext.Send(http.AllowingServer(), new
        {
            method = "POST",
            url = http.Address,
            headers = new Dictionary<string, string> { ["X-Extra"] = "1", ["Content-Type"] = "application/vnd.shop+json" },
            body = new { total = 3 },
        });

        heard.ShouldBe(("key-1", "application/vnd.shop+json", """{"total":3}""", "1"));
    }

    [Theory]
    [InlineData(500, "GET", "http-server-error", true, false)]
    [InlineData(503, "POST", "http-server-error", true, true)]
    [InlineData(404, "POST", "http-client-error", false, false)]
    [InlineData(429, "POST", "http-client-error", true, false)]
    public async Task Should_say_what_a_bad_status_leaves_open(int status, string method, string code, bool retryable, bool unknown)
    {
        http.Answer = context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };

        var failure = await WebContext.Refusal(http.AllowingServer(), new { method, url = http.Address });

        (failure.Code, failure.Retryable, failure.OutcomeUnknown).ShouldBe((code, retryable, unknown));
    }

    [Fact]
    public async Task Should_not_follow_a_redirect()
    {
        http.Answer = context =>
        {
            context.Response.Redirect("http://169.254.169.254/latest/meta-data");
            return Task.CompletedTask;
        };

        var output = await WebContext.Send(http.AllowingServer(), new { method = "GET", url = http.Address });

        output.GetProperty("status").GetInt32().ShouldBe(302);
        output.GetProperty("headers").GetProperty("location").GetString().ShouldBe("http://169.254.169.254/latest/meta-data");
    }

    [Fact]
    public async Task Should_stop_reading_at_the_limit()
    {
        http.Answer = context => context.Response.WriteAsync(new string('x', 2000));
        var options = http.AllowingServer();
        options.MaxResponseBytes = 1000;

        var failure = await WebContext.Refusal(options, new { method = "GET", url = http.Address });

        failure.Code.ShouldBe("response-too-large");
    }

    [Theory]
    [InlineData("GET", false)]
    [InlineData("POST", true)]
    public async Task Should_leave_open_what_a_broken_answer_meant(string method, bool unknown)
    {
        http.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        var failure = await WebContext.Refusal(http.AllowingServer(), new { method, url = http.Address });

        (failure.Code, failure.OutcomeUnknown, failure.Infrastructure).ShouldBe(("http-unreachable", unknown, true));
    }

    [Theory]
    [InlineData("DELETE")]
    [InlineData("POST")]
    public async Task Should_be_heard_once_where_the_server_ends_without_an_answer(string method)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var heard = 0;
        var serving = Serve();

        var failure = await WebContext.Refusal(http.Allowing(server.LocalEndpoint.ToString()!), new { method, url = $"http://{server.LocalEndpoint}/" });

        server.Stop();
        await serving;
        (failure.Code, failure.OutcomeUnknown, heard).ShouldBe(("http-unreachable", true, 1));

        async Task Serve()
        {
            try
            {
                while (true)
                {
                    using var client = await server.AcceptTcpClientAsync();
                    var stream = client.GetStream();
                    if (await stream.ReadAsync(new byte[4096]) > 0)
                        heard++;
                    // A whole end, and no reset.
                    client.Client.Shutdown(SocketShutdown.Send);
                    while (await stream.ReadAsync(new byte[4096]) > 0)
                        continue;
                }
            }
            catch (Exception exception) when (exception is SocketException or InvalidOperationException)
            {
                // It was stopped.
            }
        }
    }

    [Fact]
    public async Task Should_turn_a_header_down_that_cannot_be_written()
    {
        var failure = await WebContext.Refusal(
            http.AllowingServer(), new { method = "POST", url = http.Address, headers = new Dictionary<string, string> { ["X-Author"] = "José" } });

        (failure.Code, failure.OutcomeUnknown, failure.Infrastructure).ShouldBe(("header-not-allowed", false, false));
    }

    [Fact]
    public async Task Should_know_that_nothing_was_sent_where_nobody_listens()
    {
        var failure = await WebContext.Refusal(http.Allowing("127.0.0.1:1"), new { method = "POST", url = "http://127.0.0.1:1/" });

        (failure.Code, failure.Retryable, failure.OutcomeUnknown).ShouldBe(("http-unreachable", true, false));
    }
}
