using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using LoopBus.Testing.Processes;
using LoopBus.Testing.Web;

namespace LoopBus.Chaos.People;

/// <summary>A person who never sleeps: looks into the inbox, opens each form, and decides it; redrives dead letters. Only through the web pages.</summary>
internal sealed partial class Robot(Installation installation, Judge judge, TimeProvider time) : IDisposable
{
    private const string Name = "robot";
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(300);

    private readonly CancellationTokenSource enough = new();
    private Browsing? browsing;
    private string password = "";
    private Task working = Task.CompletedTask;

    /// <summary>Why a look or a decision came to nothing, and how often: pages fail while services are down.</summary>
    public ConcurrentDictionary<string, int> Troubles { get; } = new();

    public int Decided { get; private set; }

    public int Redriven { get; private set; }

    public async Task Start()
    {
        password = await installation.CreateOperator(Name);
        working = Task.Run(Work);
    }

    public async Task Stop()
    {
        await enough.CancelAsync();
        await working;
    }

    public void Dispose()
    {
        browsing?.Dispose();
        enough.Dispose();
    }

    private async Task Work()
    {
        while (!enough.IsCancellationRequested)
        {
            try
            {
                browsing ??= await SignIn();
                await Decide(browsing);
                await Redrive(browsing);
            }
            catch (Exception exception) when (!enough.IsCancellationRequested)
            {
                // The web page is down, or the database behind it: as a person would, try again.
                Troubles.AddOrUpdate($"{exception.GetType().Name}: {exception.Message.Split('\n')[0]}", 1, (_, count) => count + 1);
                browsing?.Dispose();
                browsing = null;
            }

            try
            {
                await Task.Delay(BetweenLooks, time, enough.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<Browsing> SignIn()
    {
        var opened = new Browsing(installation.One("Approval").Url);
        using var answer = await opened.SignIn(new Person(Name, password));
        return answer.StatusCode == HttpStatusCode.Redirect ? opened : throw new InvalidOperationException($"sign-in was answered {answer.StatusCode}");
    }

    private async Task Decide(Browsing browser)
    {
        var inbox = await browser.Text("/approvals");
        foreach (var form in FormLink().Matches(inbox).Select(match => match.Value).Distinct())
        {
            var page = await browser.Text(form);
            if (!page.Contains("name=\"decision\"", StringComparison.Ordinal) || judge.Decide(Asked(page)) is not { } ballot)
                continue;

            using var answer = await browser.Submit(
                form, form, ("decision", ballot.Accept ? "accept" : "reject"), ("comment", ballot.Comment), ("output", ballot.Output), ("actionHash", Value(ActionHash(), page)));
            if (answer.StatusCode is HttpStatusCode.Redirect)
                Decided++;
            else
                Troubles.AddOrUpdate($"a decision was answered {answer.StatusCode}", 1, (_, count) => count + 1);
        }
    }

    private async Task Redrive(Browsing browser)
    {
        var letters = LetterBox().Matches(await browser.Text("/dead-letters")).Select(match => match.Groups["id"].Value).ToList();
        if (letters.Count == 0)
            return;

        using var answer = await browser.Submit("/dead-letters", "/dead-letters?handler=Redrive", [.. letters.Select(id => ("id", id))]);
        if (answer.StatusCode is HttpStatusCode.Redirect)
            Redriven += letters.Count;
        else
            Troubles.AddOrUpdate($"a redrive was answered {answer.StatusCode}", 1, (_, count) => count + 1);
    }

    private static Asked Asked(string page) => new(
        page.Contains("It happened</button>", StringComparison.Ordinal) ? AskedAbout.Doubt
            : page.Contains("Try again</button>", StringComparison.Ordinal) ? AskedAbout.Escalation : AskedAbout.Action,
        Fact(page, "Task"), Fact(page, "Step"), Fact(page, "Tool"));

    private static string Fact(string page, string name) =>
        Regex.Match(page, $"<dt>{name}</dt><dd[^>]*>(?<value>[^<]*)</dd>", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["value"].Value;

    private static string Value(Regex pattern, string page) => pattern.Match(page).Groups["value"].Value;

    [GeneratedRegex("/approvals/[0-9a-f]{8}-[0-9a-f-]{27}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormLink();

    [GeneratedRegex("name=\"id\" value=\"(?<id>[0-9a-f-]{36})\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LetterBox();

    [GeneratedRegex("name=\"actionHash\" value=\"(?<value>[^\"]*)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ActionHash();
}
