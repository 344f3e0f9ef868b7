using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Persistence;
using LoopBus.Testing;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Hosting.Tests.Outbox;

public sealed class When_it_waits_in_an_outbox(BrokerFixture broker, DatabaseFixture database) : IClassFixture<BrokerFixture>, IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Should_still_be_a_plain_answer()
    {
        var queue = await broker.Bind("any");
        await using var service = await Start(context => context.SayPlain(
            queue, new { taskId = "task-20" }, new AclParameters { Performative = "agree", Protocol = "fipa-request" }, "my own id"));

        await service.Bus.Say(new Request<ExecuteStep>(Steps.Step("task-20")), new AclParameters { Protocol = "fipa-request", Receiver = "executor" });

        var answer = await broker.Next(queue);
        answer.Text().ShouldBe("""{"taskId":"task-20"}""");
        answer.BasicProperties.ContentType.ShouldBe("application/json");
        answer.BasicProperties.CorrelationId.ShouldBe("my own id");
        answer.Header("performative").ShouldBe("agree");
        answer.Header("sender").ShouldBe("executor");
        answer.Header("receiver").ShouldBeNull();
        answer.Header("loopbus-run").ShouldBe("task-20");
        answer.BasicProperties.Headers!.Keys.ShouldNotContain(name => name.StartsWith("loopbus-amqp-"));
    }

    [Fact]
    public async Task Should_still_be_an_outcome_with_its_routing_key()
    {
        await using var service = await Start(context => context.SayOutcome("code-review.failed", new { ok = false }, new AclParameters { Performative = "inform" }));
        var follower = await broker.Bind("outcome", "topic", "code-review.*");

        await service.Bus.Say(new Request<ExecuteStep>(Steps.Step()), new AclParameters());

        (await broker.Next(follower)).RoutingKey.ShouldBe("code-review.failed");
    }

    [Fact]
    public async Task Should_not_be_held_up_by_a_reply_queue_that_is_gone()
    {
        var queue = await broker.Bind("any");
        await using var service = await Start(async context =>
        {
            await context.SayPlain("gone", new { }, new AclParameters { Performative = "agree" });
            await context.SayPlain(queue, new { after = true }, new AclParameters { Performative = "agree" });
        });

        await service.Bus.Say(new Request<ExecuteStep>(Steps.Step()), new AclParameters());

        (await broker.Next(queue)).Text().ShouldBe("""{"after":true}""");
    }

    [Fact]
    public async Task Should_still_be_the_bytes_that_were_passed_on()
    {
        var message = new RawMessage(new byte[] { 0, 255, 254 }, "image/x", "id 1", "c 1", "r", null, "", "", false, new Dictionary<string, object?> { ["n"] = 7L });
        await using var service = await Start(context => context.Forward("dead-letter", message, new Dictionary<string, object?> { ["loopbus-attempts"] = 3 }));

        await service.Bus.Say(new Request<ExecuteStep>(Steps.Step()), new AclParameters());

        var dead = await broker.Next("dead-letter");
        dead.Body.ToArray().ShouldBe(new byte[] { 0, 255, 254 });
        dead.BasicProperties.ContentType.ShouldBe("image/x");
        dead.BasicProperties.MessageId.ShouldBe("id 1");
        dead.BasicProperties.CorrelationId.ShouldBe("c 1");
        dead.BasicProperties.ReplyTo.ShouldBe("r");
        dead.Header("n").ShouldBe("7");
        dead.Header("loopbus-attempts").ShouldBe("3");
    }

    [Fact]
    public async Task Should_still_say_whose_act_it_is()
    {
        var answers = await broker.Bind("inform.step-result");
        var conversation = Guid.NewGuid();
        await using var service = await Start(async context =>
        {
            await context.Publish(new Inform<StepResult>(Steps.Result(Steps.Step("task-21"))));
            await context.Reply(new Inform<StepResult>(Steps.Result(Steps.Step("task-21"))), new AclParameters { Delay = TimeSpan.FromMilliseconds(300) });
        });

        await service.Bus.Say(
            new Request<ExecuteStep>(Steps.Step("task-21")),
            new AclParameters { ConversationId = conversation, Protocol = "fipa-request", Receiver = "executor", ReplyBy = DateTimeOffset.UnixEpoch, ReplyWith = "r-1" });

        var published = await broker.Next(answers);
        var replied = await broker.Next(answers);
        foreach (var answer in new[] { published, replied })
        {
            answer.Header("performative").ShouldBe("inform");
            answer.Header("sender").ShouldBe("executor");
            answer.Header("conversation-id").ShouldBe(conversation.ToString());
            answer.Header("protocol").ShouldBe("fipa-request");
            answer.Header("loopbus-run").ShouldBe("task-21");
            answer.Header("reply-by").ShouldBeNull();
            answer.Header("reply-with").ShouldBe(answer.BasicProperties.MessageId);
            answer.BasicProperties.CorrelationId.ShouldBe(conversation.ToString());
        }

        published.Header("receiver").ShouldBeNull();
        replied.Header("receiver").ShouldBe("executor");
        replied.Header("in-reply-to").ShouldBe("r-1");
    }

    private Task<ServiceUnderTest> Start(Func<ConsumeContext, Task> talk) => ServiceUnderTest.Start(
        broker,
        "executor",
        bus => bus.AddConsumer<TalkingConsumer>().Endpoint(endpoint => endpoint.Name = "executor"),
        builder =>
        {
            builder.Configuration.AddInMemoryCollection(database.Settings);
            builder.Configuration["LoopBus:Database:Migrate"] = "false";
            builder.AddPersistence<OutboxDbContext>("hosting");
            builder.Services.AddSingleton(talk);
        },
        (context, endpoint) => endpoint.UseUnitOfWork<OutboxDbContext>(context),
        async services =>
        {
            await using var context = await services.GetRequiredService<IDbContextFactory<OutboxDbContext>>().CreateDbContextAsync();
            await context.Database.EnsureCreatedAsync();
        });
}
