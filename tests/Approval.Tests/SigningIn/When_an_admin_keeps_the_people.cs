using System.Net;
using LoopBus.Approval.Operators;
using LoopBus.Approval.Tests.Stage;

namespace LoopBus.Approval.Tests.SigningIn;

[Collection(OneSite.Name)]
public sealed class When_an_admin_keeps_the_people(ApprovalSite site)
{
    [Fact]
    public async Task Should_make_a_person_with_a_password_that_is_shown_once()
    {
        using var admin = await site.SignedIn(Roles.Admin);
        var name = $"new-{Guid.NewGuid():n}";

        var page = await (await admin.Submit("/operators", "/operators?handler=Create", ("name", name), ("role", Roles.Viewer))).Content.ReadAsStringAsync();

        var password = page.Split("<code class=\"big\">")[1].Split('<')[0];
        using var browsing = new Browsing(site.Address);
        (await browsing.SignIn(new Person(name, password))).EnsureRedirect().ShouldBe("/password");
        (await admin.Text("/operators")).ShouldNotContain(password);
    }

    [Theory]
    [InlineData(Roles.Viewer)]
    [InlineData(Roles.Approver)]
    public async Task Should_be_closed_to_others(string role)
    {
        using var person = await site.SignedIn(role);

        (await person.Get("/operators")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await person.Submit("/password", "/operators?handler=Create", ("name", "sneaky"), ("role", Roles.Admin))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Should_change_a_role_at_once()
    {
        var person = await site.Operator(Roles.Viewer);
        using var browsing = new Browsing(site.Address);
        (await browsing.SignIn(person)).EnsureRedirect();
        using var admin = await site.SignedIn(Roles.Admin);

        (await admin.Submit("/operators", $"/operators?handler=Role&id={await site.IdOf(person)}", ("role", Roles.Admin))).EnsureRedirect();

        (await browsing.SignIn(person)).EnsureRedirect();
        await browsing.Text("/operators");
    }

    [Fact]
    public async Task Should_be_made_on_the_console_once()
    {
        var name = $"first-{Guid.NewGuid():n}";
        var (code, said) = await Console("create-operator", name, "--role", "admin");
        var password = said.Split('\n').Single(line => line.StartsWith("password: ", StringComparison.Ordinal))["password: ".Length..];

        var (again, nothing) = await Console("create-operator", name, "--role", "admin");

        (code, again).ShouldBe((0, 0));
        nothing.ShouldNotContain("password:");
        using var browsing = new Browsing(site.Address);
        (await browsing.SignIn(new Person(name, password))).EnsureRedirect().ShouldBe("/approvals");
    }

    [Fact]
    public async Task Should_be_reset_on_the_console_to_the_role_that_is_given()
    {
        var name = $"second-{Guid.NewGuid():n}";
        await Console("create-operator", name, "--role", "viewer");

        var (code, said) = await Console("create-operator", name, "--reset", "--role", "admin");
        var (kept, same) = await Console("create-operator", name, "--reset");

        (code, kept).ShouldBe((0, 0));
        said.ShouldContain("role: admin\npassword: ");
        same.ShouldContain("role: admin\npassword: ");
    }

    [Fact]
    public async Task Should_not_become_somebody_by_a_mistyped_name()
    {
        var name = $"nobody-{Guid.NewGuid():n}";

        var (code, said) = await Console("create-operator", name, "--reset");

        (code, said.Trim()).ShouldBe((1, $"There is no operator {name}. Leave --reset out to create one."));
    }

    private async Task<(int Code, string Said)> Console(params string[] words)
    {
        await using var app = site.Build();
        await using var said = new StringWriter();
        var code = await CreateOperator.Run(app.Services, words[1..], said, said);
        return (code, said.ToString().ReplaceLineEndings("\n"));
    }
}
