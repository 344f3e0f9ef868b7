using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Planning;
using LoopBus.Hosting;
using LoopBus.ModelServer.Scripts;
using LoopBus.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Planner.Tests.Models;

public sealed class When_a_decision_is_asked_for_again(ModelFixture models) : IClassFixture<ModelFixture>
{
    [Fact]
    public async Task Should_be_asked_of_the_model_and_kept_once_however_often_the_message_comes()
    {
        var (model, task) = (models.NewModel(), $"task-{Guid.NewGuid():n}");
        models.Says(model, Reply.OfJson(Acting.Read()) with { Delay = 300 });
        var bus = models.Start(model).Services.GetRequiredService<IBus>();
        var asked = Acting.Asked(task, Acting.Turns(8));

        for (var i = 0; i < 3; i++)
            await bus.Say(new Request<MakePlan>(asked with { Allowance = new Spent(100_000 - i, null) }), new AclParameters { ConversationId = Guid.NewGuid(), Protocol = Protocols.Planning, ReplyWith = $"ask-{i}" });
        await Eventually.True(
            async () => Equals(await models.Scalar("select count(*) from planner.outbox"), 3L), TimeSpan.FromSeconds(30), "three answers that wait for a coordinator");

        models.Calls(model).ShouldBe(1);
        (await models.Scalar($"select count(*) from planner.plans where task_id = '{task}'")).ShouldBe(1L);
        (await models.Scalar($"select count(*) from planner.model_call where task_id = '{task}'")).ShouldBe(1L);
    }
}
