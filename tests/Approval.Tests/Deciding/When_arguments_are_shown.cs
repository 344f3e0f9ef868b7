using System.Text.Encodings.Web;
using System.Text.Json;
using LoopBus.Approval.Web;

namespace LoopBus.Approval.Tests.Deciding;

public sealed class When_arguments_are_shown
{
    [Fact]
    public void Should_show_letters_that_turn_or_hide_others_as_their_codes() =>
        Html("""{"to":"ada\u202egro.live\u202c@example.org\u200b"}""").ShouldContain(@"ada\u202egro.live\u202c@example.org\u200b");

    [Fact]
    public void Should_never_become_a_page_of_their_own() =>
        Html("""{"<script>":"</pre><img src=x onerror=alert(1)>"}""").ShouldNotContain("<script>");

    [Fact]
    public void Should_keep_numbers_as_they_were_written() =>
        Html("""{"amount":1.10,"id":12345678901234567890}""").ShouldContain("12345678901234567890");

    private static string Html(string json)
    {
        using var text = new StringWriter();
        JsonText.Html(JsonSerializer.Deserialize<JsonElement>(json)).WriteTo(text, HtmlEncoder.Default);
        return text.ToString();
    }
}
