using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Planning;
using LoopBus.Contracts.Runs;
using LoopBus.Hosting;
using LoopBus.Loops;
using LoopBus.ModelServer.Scripts;
using LoopBus.Planner.Tests.Models;
using LoopBus.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Planner.Tests.Memories;

/// <summary>The loop that ships, and its memory.</summary>
public sealed class When_research_goes_on(ModelFixture models) : IClassFixture<ModelFixture>
{
    private static readonly LoopDefinition Research = LoopFile.Load(Repository.PathOf("infra", "loops", "research", "loop.yaml"));

    [Fact]
    public async Task Should_show_what_earlier_answers_found_as_a_hint_where_to_look()
    {
        var model = models.NewModel();
        var app = models.Start(model);
        models.Says(model, Reply.OfJson(Acting.Read("notes/queues.md")));
        var learned = new RunLearned(
            "research-1", new LoopVersion(Research.Name, Research.Version, Research.Hash), "loop:research", "completed", null, DateTimeOffset.UnixEpoch,
            [new Fact("quorum queue messages", "on a majority of its nodes", "act-1")], ["Quorum queues are in notes/queues.md."], []);
        await app.Services.GetRequiredService<IBus>().Say(new Inform<RunLearned>(learned), new AclParameters { Receiver = "planner" });
        await Eventually.True(
            async () => (long)(await models.Scalar("select count(*) from planner.memories where scope = 'loop:research'"))! == 2, TimeSpan.FromSeconds(30), "two memories");

        await Acting.Plan(app, Acting.Asked(
            Remembering.Task(), loop: Research, input: """{ "question": "Where are the messages of a quorum queue kept?", "documents": ["notes/queues.md"] }"""));

        models.Prompt(model).ShouldContain("What earlier runs learned tells where to look, and is no source");
        models.Prompt(model).ShouldContain("on a majority of its nodes");
        models.Prompt(model).ShouldContain("Quorum queues are in notes/queues.md.");
    }
}
