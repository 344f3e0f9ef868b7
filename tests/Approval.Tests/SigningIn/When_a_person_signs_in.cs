using System.Net;
using LoopBus.Approval.Operators;
using LoopBus.Approval.Tests.Stage;

namespace LoopBus.Approval.Tests.SigningIn;

[Collection(OneSite.Name)]
public sealed class When_a_person_signs_in(ApprovalSite site)
{
    [Theory]
    [InlineData("/approvals")]
    [InlineData("/dead-letters")]
    [InlineData("/audit")]
    [InlineData("/operators")]
    [InlineData("/password")]
    public async Task Should_be_asked_to_before_any_page(string page)
    {
        using var stranger = new Browsing(site.Address);

        using var answer = await stranger.Get(page);

        answer.EnsureRedirect().ShouldStartWith("/sign-in?returnUrl=");
    }

    [Fact]
    public async Task Should_come_back_to_the_page_that_was_asked_for()
    {
        using var browsing = new Browsing(site.Address);

        var answer = await browsing.SignIn(await site.Operator(), "/audit?q=x");

        answer.EnsureRedirect().ShouldBe("/audit?q=x");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task Should_never_be_sent_to_another_site(string returnUrl)
    {
        using var browsing = new Browsing(site.Address);

        var answer = await browsing.SignIn(await site.Operator(), returnUrl);

        answer.EnsureRedirect().ShouldBe("/approvals");
    }

    [Fact]
    public async Task Should_be_locked_out_after_failures_even_with_the_right_password()
    {
        var person = await site.Operator();
        using var browsing = new Browsing(site.Address);
        for (var attempt = 0; attempt < 5; attempt++)
            (await browsing.SignIn(person with { Password = "not that one" })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        (await browsing.SignIn(person)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Should_hear_the_same_whether_the_name_exists_or_not()
    {
        using var browsing = new Browsing(site.Address);

        var known = await (await browsing.SignIn((await site.Operator()) with { Password = "wrong" })).Content.ReadAsStringAsync();
        var unknown = await (await browsing.SignIn(new Person("nobody", "wrong"))).Content.ReadAsStringAsync();

        known.ShouldContain("do not match");
        unknown.ShouldContain("do not match");
    }

    [Fact]
    public async Task Should_have_to_choose_a_password_after_a_one_time_one()
    {
        var person = await site.Operator(oneTime: true);
        using var browsing = new Browsing(site.Address);
        (await browsing.SignIn(person)).EnsureRedirect().ShouldBe("/password");
        (await browsing.Get("/approvals")).EnsureRedirect().ShouldBe("/password");

        var changed = await browsing.Submit(
            "/password", "/password", ("Current", person.Password), ("Wanted", "a long new password"), ("Again", "a long new password"));

        changed.EnsureRedirect().ShouldBe("/approvals");
        await browsing.Text("/approvals");
        using var other = new Browsing(site.Address);
        (await other.SignIn(person)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Should_have_the_password_hashed_anew_where_more_rounds_are_asked_for()
    {
        var person = await site.Operator();
        await using var copy = site.Build("--LoopBus:Approval:PasswordRounds=20000");
        await copy.StartAsync();
        using var browsing = new Browsing(new Uri(copy.Urls.First()));
        (await site.RoundsOf(person)).ShouldBe(10_000);

        (await browsing.SignIn(person)).EnsureRedirect();

        (await site.RoundsOf(person)).ShouldBe(20_000);
        using var again = new Browsing(site.Address);
        (await again.SignIn(person)).EnsureRedirect();
        await copy.StopAsync();
    }

    [Fact]
    public async Task Should_be_out_with_the_next_page_once_disabled()
    {
        var person = await site.Operator();
        using var browsing = new Browsing(site.Address);
        (await browsing.SignIn(person)).EnsureRedirect();
        using var admin = await site.SignedIn(Roles.Admin);
        var id = await site.IdOf(person);

        (await admin.Submit("/operators", $"/operators?handler=Disable&id={id}")).EnsureRedirect();

        (await browsing.Get("/approvals")).EnsureRedirect().ShouldStartWith("/sign-in");
        (await browsing.SignIn(person)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Should_be_out_after_signing_out()
    {
        using var browsing = await site.SignedIn();

        (await browsing.Submit("/password", "/sign-out")).EnsureRedirect().ShouldBe("/sign-in");

        (await browsing.Get("/approvals")).EnsureRedirect().ShouldStartWith("/sign-in");
    }
}
