using LoopBus.Hosting.Web;

namespace LoopBus.Executor.Tests.Tools.Http;

public sealed class When_a_host_is_not_allowed(WebContext http) : IClassFixture<WebContext>
{
    [Fact]
    public async Task Should_refuse_and_say_where_to_allow_it()
    {
        var failure = await WebContext.Refusal(http.Allowing(), new { method = "GET", url = http.Address });

        failure.Code.ShouldBe("host-not-allowed");
        failure.Message.ShouldContain("LoopBus:Http:AllowedHosts");
        http.Heard.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://user:password@127.0.0.1/")]
    [InlineData("/relative")]
    public async Task Should_refuse_other_schemes_and_credentials(string url)
    {
        var failure = await WebContext.Refusal(http.Allowing("127.0.0.1:*"), new { method = "GET", url });

        failure.Code.ShouldBe("bad-url");
    }

    [Theory]
    [InlineData("Host")]
    [InlineData("Authorization")]
    [InlineData("cookie")]
    [InlineData("Transfer-Encoding")]
    [InlineData("Proxy-Authorization")]
    [InlineData("X-Forwarded-For")]
    [InlineData("Idempotency-Key")]
    public async Task Should_refuse_headers_that_pretend(string name)
    {
        var failure = await WebContext.Refusal(
            http.AllowingServer(), new { method = "GET", url = http.Address, headers = new Dictionary<string, string> { [name] = "x" } });

        failure.Code.ShouldBe("header-not-allowed");
        http.Heard.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_refuse_a_line_break_in_a_header()
    {
        var failure = await WebContext.Refusal(
            http.AllowingServer(), new { method = "GET", url = http.Address, headers = new Dictionary<string, string> { ["X-A"] = "1\r\nHost: other" } });

        failure.Code.ShouldBe("header-not-allowed");
    }

    [Theory]
    [InlineData("api.example.com", "https://api.example.com/x", true)]
    [InlineData("api.example.com", "https://API.example.com./x", true)]
    [InlineData("api.example.com", "https://api.example.com:8443/x", false)]
    [InlineData("api.example.com:8443", "https://api.example.com:8443/x", true)]
    [InlineData("api.example.com:*", "http://api.example.com:8443/x", true)]
    [InlineData("*.example.com", "https://api.example.com/x", true)]
    [InlineData("*.example.com", "https://example.com/x", false)]
    [InlineData("*.example.com", "https://badexample.com/x", false)]
    [InlineData("example.com", "https://example.com.evil.net/x", false)]
    [InlineData("[::1]:*", "http://[::1]:80/x", true)]
    public void Should_match_exactly(string entry, string url, bool allowed) =>
        new HostAllowList([entry]).Allows(new Uri(url)).ShouldBe(allowed);
}
