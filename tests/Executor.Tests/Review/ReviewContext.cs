using System.Text.Json;
using LoopBus.Executor.Tools;
using LoopBus.Executor.Tools.Review;
using LoopBus.Hosting.Git;
using LoopBus.Loops.Json;
using LoopBus.Loops.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Executor.Tests.Review;

/// <summary>The review's tools as the executor registers them, over repositories below one root; each call is checked against the tool's schemas.</summary>
public sealed class ReviewContext : IDisposable
{
    private readonly ServiceProvider _services;

    public ReviewContext(string root)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("LoopBus:Git:Roots:0", root)]).Build();
        _services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddReviewTools().BuildServiceProvider();
    }

    public GitRepositories Repositories => _services.GetRequiredService<GitRepositories>();

    internal IProbe Poster => (IProbe)Tool("review.post_notes");

    public async Task<JsonElement> Call(string tool, object arguments, string task = "task-1", string key = "key-1")
    {
        var call = Of(arguments, task, key);
        var descriptor = ToolCatalogue.BuiltIn.Find(tool).ShouldNotBeNull();
        JsonSchemaCheck.Problems(descriptor.Input, call.Arguments).ShouldBeEmpty();

        var output = await Tool(tool).Invoke(call, CancellationToken.None);

        JsonSchemaCheck.Problems(descriptor.Output, output).ShouldBeEmpty();
        return output;
    }

    /// <summary>What the loop does before it posts: changed files, one analysis a file, one review.</summary>
    public async Task<JsonElement> Review(string repository, string range, IReadOnlyList<object>? known = null)
    {
        var changed = await Call("git.changed_files", new { repository, range });
        var (from, to) = (changed.GetProperty("base"), changed.GetProperty("head"));
        var reviews = new List<JsonElement>();
        foreach (var file in changed.GetProperty("files").EnumerateArray())
            reviews.Add(
                await Call(
                    "review.analyze_file",
                    new
                    {
                        repository,
                        @base = from,
                        head = to,
                        file,
                    }
                )
            );
        return await Call(
            "review.aggregate",
            new
            {
                repository,
                @base = from,
                head = to,
                files = changed.GetProperty("files"),
                reviews,
                omitted = changed.GetProperty("omitted"),
                known = known ?? [],
            }
        );
    }

    internal static ToolCall Of(object arguments, string task = "task-1", string key = "key-1") =>
        new(task, "step-1", key, JsonSerializer.SerializeToElement(arguments));

    public void Dispose() => _services.Dispose();

    private ITool Tool(string name) => _services.GetServices<ITool>().Single(tool => tool.Name == name);
}
