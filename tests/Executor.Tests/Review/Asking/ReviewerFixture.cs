using System.Text.Json;
using LoopBus.Contracts.Execution;
using LoopBus.Contracts.Planning;
using LoopBus.Executor.Tests.Bus;
using LoopBus.ModelServer;
using LoopBus.ModelServer.Scripts;
using LoopBus.Testing.Git;

namespace LoopBus.Executor.Tests.Review.Asking;

/// <summary>An executor as it runs, whose reviewer is a scripted server that its real client calls, over a repository of its own.</summary>
public sealed class ReviewerFixture : IAsyncLifetime
{
    /// <summary>The loop for which a model is chosen.</summary>
    public const string Loop = "code-review";

    private readonly QuietExecutorFixture executor = new();

    internal ExecutorFixture Executor => executor;

    public ScratchRepository Scratch { get; } = new();

    public ModelHost Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await executor.InitializeAsync();
        Server = await ModelHost.Start(Script.Of());
        executor.Start([
            .. Server.Endpoint("reviewer", "openai", "reviewer-1").Select(setting => (setting.Key, setting.Value!)),
            ("LoopBus:Models:Endpoints:reviewer:Retries", "0"),
            ($"LoopBus:Models:Loops:{Loop}:reviewer", "reviewer"),
            ("LoopBus:Git:Roots:0", Scratch.Root),
        ]);
    }

    public async Task DisposeAsync()
    {
        await executor.DisposeAsync();
        await Server.DisposeAsync();
        Scratch.Dispose();
    }

    /// <summary>A commit of one file, and the step that asks about it.</summary>
    public Task<ExecuteStep> Change(string path, string text, string loop = Loop, Spent? allowance = null)
    {
        Scratch.Write(path, text).Commit();

        return Step(loop, allowance);
    }

    /// <summary>The step that asks about the last commit.</summary>
    public async Task<ExecuteStep> Step(string loop = Loop, Spent? allowance = null)
    {
        var changed = (await Call("git.changed_files", new { repository = Scratch.Folder, range = "HEAD" })).Output;

        return Of("review.ask_model", new { repository = Scratch.Folder, @base = changed.GetProperty("base"), head = changed.GetProperty("head"), files = changed.GetProperty("files") })
            with { Loop = loop, Allowance = allowance };
    }

    /// <summary>The review of the last commit, as the loop makes it of what a model said.</summary>
    public async Task<JsonElement> Review(JsonElement model)
    {
        var changed = (await Call("git.changed_files", new { repository = Scratch.Folder, range = "HEAD" })).Output;
        var (repository, from, to, files) = (Scratch.Folder, changed.GetProperty("base"), changed.GetProperty("head"), changed.GetProperty("files"));
        var reviews = new List<JsonElement>();
        foreach (var file in files.EnumerateArray())
            reviews.Add((await Call("review.analyze_file", new { repository, @base = from, head = to, file })).Output);

        return (await Call("review.aggregate", new { repository, @base = from, head = to, files, reviews, model })).Output;
    }

    private async Task<Answer> Call(string tool, object arguments)
    {
        var answer = await executor.Ask(Of(tool, arguments));
        answer.Act.ShouldBe("inform", answer.Reason?.Text);

        return answer;
    }

    private static ExecuteStep Of(string tool, object arguments) => ExecutorFixture.StepWith(tool, arguments);
}
