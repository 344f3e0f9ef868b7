using System.Net;
using System.Text.RegularExpressions;
using LoopBus.Testing.Processes;
using LoopBus.Testing.Web;

namespace LoopBus.Benchmarks.Loads;

/// <summary>A person who looks into the inbox until a run's question is there, opens its form and accepts; through HTTP, as a browser does.</summary>
internal sealed partial class Approver : IDisposable
{
    private const string Name = "benchmark";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly Browsing browsing;
    private readonly TimeProvider time;

    private Approver(Browsing browsing, TimeProvider time) => (this.browsing, this.time) = (browsing, time);

    public static async Task<Approver> SignIn(Installation installation, TimeProvider time)
    {
        var password = await installation.CreateOperator(Name);
        var approver = new Approver(new Browsing(installation.One("Approval").Url), time);
        using var answer = await approver.browsing.SignIn(new Person(Name, password));
        if (answer.StatusCode != HttpStatusCode.Redirect)
            throw new InvalidOperationException($"The approver could not sign in: {answer.StatusCode}.");
        return approver;
    }

    public async Task Accept(string task)
    {
        var form = await Find(task);
        var page = await browsing.Text(form);
        using var answer = await browsing.Post(
            form,
            ("decision", "accept"), ("comment", ""), ("actionHash", ActionHash().Match(page).Groups["hash"].Value), ("__RequestVerificationToken", Browsing.TokenIn(page)));
        if (answer.StatusCode != HttpStatusCode.Redirect)
            throw new InvalidOperationException($"The acceptance of {task} was answered {answer.StatusCode}.");
    }

    /// <summary>The form of a run's question, once it is in the inbox.</summary>
    public async Task<string> Find(string task)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            if (Form().Match(await Inbox(task)) is { Success: true } form)
                return form.Value;
            if (time.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"The question of {task} was not in the inbox within {Patience.TotalSeconds:0} s.");
            await Task.Delay(BetweenLooks, time);
        }
    }

    public Task<string> Inbox(string search = "") => browsing.Text($"/approvals?q={Uri.EscapeDataString(search)}");

    public void Dispose() => browsing.Dispose();

    [GeneratedRegex("/approvals/[0-9a-f]{8}-[0-9a-f-]{27}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();

    [GeneratedRegex("name=\"actionHash\" value=\"(?<hash>[^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ActionHash();
}
