using System.Net;
using System.Text.RegularExpressions;
using Shouldly;

namespace LoopBus.Testing.Web;

/// <summary>A browser without JavaScript and without eyes: cookies, pages, and forms with their antiforgery token.</summary>
public sealed partial class Browsing : IDisposable
{
    private readonly HttpClient client;

    public Browsing(Uri address) =>
        client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = address };

    public Task<HttpResponseMessage> Get(string path) => client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));

    public async Task<string> Text(string path)
    {
        using var answer = await Get(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Opens a page and posts one of its forms.</summary>
    public async Task<HttpResponseMessage> Submit(string page, string action, params (string Name, string Value)[] fields)
    {
        using var form = await Get(page);
        return await Post(action, [.. fields, ("__RequestVerificationToken", TokenIn(await form.Content.ReadAsStringAsync()))]);
    }

    /// <summary>The antiforgery token of a page's form.</summary>
    public static string TokenIn(string page) => Token().Match(page).Groups["token"].Value;

    public Task<HttpResponseMessage> Post(string action, params (string Name, string Value)[] fields) =>
        client.PostAsync(
            new Uri(action, UriKind.Relative),
            new FormUrlEncodedContent(fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))));

    public Task<HttpResponseMessage> SignIn(Person person, string? returnUrl = null) =>
        Submit("/sign-in", "/sign-in", ("Name", person.Name), ("Password", person.Password), ("ReturnUrl", returnUrl ?? ""));

    public void Dispose() => client.Dispose();

    [GeneratedRegex("__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
