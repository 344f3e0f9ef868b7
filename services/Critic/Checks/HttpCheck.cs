using System.Text;
using LoopBus.Hosting.Web;
using Microsoft.Extensions.Options;

namespace LoopBus.Critic.Checks;

/// <summary>http: a GET of the URL answers with this status, and its body contains these texts. Hosts as LoopBus:Http allows them.</summary>
internal sealed class HttpCheck(GuardedWeb web, IOptions<CriticOptions> options, TimeProvider time) : ICheck
{
    public string Kind => "http";

    public async Task<Finding> Evaluate(Question question, CancellationToken cancellationToken)
    {
        var (url, wanted, texts) = (question.Text("url"), (int)(question.OptionalNumber("status") ?? 200), question.Texts("contains"));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.HttpSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);

        var (status, body) = await Grounded.OnTheWeb(
            url,
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, web.Url(url));
                using var response = await web.Send(request, either.Token);
                return ((int)response.StatusCode, texts.Count == 0 ? [] : await web.Body(response, either.Token));
            },
            cancellationToken);

        if (status != wanted)
            return new Finding(false, $"{url} answered {status}, not {wanted}.");
        if (body is null)
            return new Finding(false, $"What {url} answered is larger than LoopBus:Http:MaxResponseBytes.");

        var text = Encoding.UTF8.GetString(body);

        return Finding.Of(
            texts.Where(part => !text.Contains(part, StringComparison.Ordinal)).Select(part => $"what {url} answered does not contain {Shown.Of(part)}").ToList(),
            $"{url} answered {status}{(texts.Count > 0 ? $", with {string.Join(" and ", texts.Select(Shown.Of))}" : "")}.");
    }
}
