using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Planning;
using LoopBus.Contracts.Runs;
using LoopBus.Hosting;
using LoopBus.Loops;
using LoopBus.Planner.Memories;
using LoopBus.Planner.Tests.Bus;
using LoopBus.Planner.Tests.Models;
using LoopBus.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Planner.Tests.Memories;

/// <summary>Loops with a memory, and what runs of them learned; each test has a scope of its own.</summary>
internal sealed class Remembering(ModelFixture models, PlannerApp app, string? tenant = null, string? name = null)
{
    private readonly string shared = name ?? $"s{Guid.NewGuid():n}";
    private int hours;

    public string Scope => $"{MemoryPolicy.OfTenant(tenant)}shared:{shared}";

    /// <summary>The same scope of another tenant.</summary>
    public Remembering Of(string other) => new(models, app, other, shared);

    public LoopDefinition Loop(string more = "") => Acting.Loop("context: { tokens: 8000 }", $"context: {{ tokens: 8000 }}\nmemory: {{ scope: {shared}{more} }}");

    public RunLearned Run(string task, IReadOnlyList<Fact>? facts = null, IReadOnlyList<string>? lessons = null, string status = "completed", string? reason = null, IReadOnlyList<Guidance>? said = null, string loop = "desk") => new(
        task, new LoopVersion(loop, "1.0.0", "hash"), Scope, status, reason, DateTimeOffset.UnixEpoch.AddHours(++hours), facts ?? [], lessons ?? [], said ?? []);

    /// <summary>Tells the planner, waits until it has heard, and looks whether it has so many memories of the scope.</summary>
    public async Task Learn(RunLearned run, int memories)
    {
        var message = Guid.NewGuid();
        await app.Services.GetRequiredService<IBus>().Say(new Inform<RunLearned>(run), new AclParameters { Receiver = "planner", MessageId = message });
        await Eventually.True(async () => await models.Scalar($"select count(*) from planner.inbox where message_id = '{message}'") is 1L, TimeSpan.FromSeconds(30), "the planner has heard");
        (await Count()).ShouldBe(memories);
    }

    public async Task<long> Count() => (long)(await models.Scalar($"select count(*) from planner.memories where scope = '{Scope}'"))!;

    public async Task<IReadOnlyList<Recalled>> Recall(MakePlan asked, LoopDefinition? loop = null)
    {
        await using var scope = app.Services.CreateAsyncScope();

        return await scope.ServiceProvider.GetRequiredService<Recollection>().Of(asked with { Tenant = tenant }, loop ?? Loop(), default);
    }

    public static string Task() => $"task-{Guid.NewGuid():n}";
}
