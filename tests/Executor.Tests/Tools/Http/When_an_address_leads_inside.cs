using System.Net;
using LoopBus.Hosting.Web;

namespace LoopBus.Executor.Tests.Tools.Http;

public sealed class When_an_address_leads_inside
{
    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://10.1.2.3/")]
    [InlineData("http://localhost/")]
    public async Task Should_not_connect_though_the_host_is_allowed(string url)
    {
        var options = new WebOptions { AllowedHosts = [$"{new Uri(url).Host}:*"] };

        var failure = await WebContext.Refusal(options, new { method = "GET", url });

        failure.Code.ShouldBe("address-not-allowed");
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("100.64.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("ff02::1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2001:0:7f00:1::")]
    public void Should_know_it_for_one(string address) => PublicAddress.Is(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("::ffff:1.1.1.1")]
    public void Should_not_take_another_for_one(string address) => PublicAddress.Is(IPAddress.Parse(address)).ShouldBeTrue();
}
