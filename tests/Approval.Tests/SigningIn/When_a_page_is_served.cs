using System.Net;
using LoopBus.Approval.Tests.Stage;
using Microsoft.AspNetCore.Builder;

namespace LoopBus.Approval.Tests.SigningIn;

[Collection(OneSite.Name)]
public sealed class When_a_page_is_served(ApprovalSite site)
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/approvals")]
    [InlineData("/no-such-page")]
    public async Task Should_load_nothing_foreign_and_be_kept_nowhere(string page)
    {
        using var person = await site.SignedIn();

        using var answer = await person.Get(page);

        var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task Should_keep_its_session_from_scripts_and_other_sites()
    {
        using var browsing = new Browsing(site.Address);

        using var answer = await browsing.SignIn(await site.Operator());

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("loopbus-session", StringComparison.Ordinal));
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=lax", Case.Insensitive);
    }

    [Fact]
    public async Task Should_be_good_for_every_copy_of_the_service()
    {
        await using var copy = site.Build();
        await copy.StartAsync();
        using var browsing = new Browsing(site.Address);
        (await browsing.SignIn(await site.Operator())).EnsureRedirect();

        using var answer = await browsing.Get(new Uri(new Uri(copy.Urls.First()), "/approvals").ToString());

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        await copy.StopAsync();
    }

    [Fact]
    public async Task Should_bound_the_sign_ins_of_one_address()
    {
        await using var copy = site.Build("--LoopBus:Approval:SignInsPerMinute=3");
        await copy.StartAsync();
        using var browsing = new Browsing(new Uri(copy.Urls.First()));
        for (var attempt = 0; attempt < 3; attempt++)
            (await browsing.SignIn(new Person("nobody", "wrong"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        using var answer = await browsing.SignIn(new Person("nobody", "wrong"));

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        await copy.StopAsync();
    }
}
