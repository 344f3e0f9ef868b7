using System.Collections.Concurrent;
using LoopBus.Loops;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LoopBus.Chaos.Outside;

/// <summary>
/// A server that LoopBus calls, and that is no help: it does what it is asked as often as it is asked, answers late or not at all, and fails before or after the deed.
/// </summary>
internal sealed class EffectServer : IAsyncDisposable
{
    private const string KeyHeader = "Idempotency-Key";

    private readonly ConcurrentDictionary<string, int> calls = new();
    private readonly WebApplication app;
    private readonly Journal journal;
    private readonly TimeProvider time;
    private readonly int seed;

    private EffectServer(WebApplication app, Journal journal, int seed, TimeProvider time) =>
        (this.app, this.journal, this.seed, this.time) = (app, journal, seed, time);

    public string Url => app.Urls.First();

    public static async Task<EffectServer> Start(Journal journal, int seed, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new EffectServer(builder.Build(), journal, seed, time);
        server.app.MapPost("/effects/{task}/{step}", server.Effect);
        server.app.MapGet("/undo/{task}/{step}", server.Undo);
        server.app.MapGet("/good", () => Results.Ok());
        server.app.MapGet("/bad", () => Results.StatusCode(StatusCodes.Status422UnprocessableEntity));
        await server.app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task Effect(HttpContext context, string task, string step)
    {
        var key = context.Request.Headers[KeyHeader].ToString();
        if (key != IdempotencyKey.For(task, step, "http.request"))
            throw new InvalidOperationException($"{task} {step} came with the key {key}, which is not its own.");

        journal.Come(key);
        try
        {
            await Answer(context, $"{task}/{step}", () => journal.Add(Entry.Effect, task, step, key));
        }
        finally
        {
            journal.Gone(key);
        }
    }

    private Task Undo(HttpContext context, string task, string step) =>
        Answer(context, $"undo/{task}/{step}", () => journal.Add(Entry.Undo, task, step, key: null));

    private async Task Answer(HttpContext context, string what, Action act)
    {
        var mood = Moods.Of(seed, what, calls.AddOrUpdate(what, 1, (_, count) => count + 1));
        if (mood is Mood.Late)
            await Task.Delay(TimeSpan.FromSeconds(1 + (2 * Moods.Share(seed, what))), time);
        if (mood is Mood.Good or Mood.Late or Mood.FailAfter or Mood.CutAfter)
            act();

        switch (mood)
        {
            case Mood.CutBefore or Mood.CutAfter:
                context.Abort();
                break;
            case Mood.FailBefore or Mood.FailAfter:
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                break;
            case Mood.Busy:
                context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                break;
            default:
                await context.Response.WriteAsJsonAsync(new { what });
                break;
        }
    }
}
