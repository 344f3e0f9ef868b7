using System.Net;
using System.Text;
using LoopBus.Approval.DeadLetters;
using LoopBus.Approval.Operators;
using LoopBus.Approval.Tests.Stage;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.DeadLetters;
using LoopBus.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace LoopBus.Approval.Tests.DeadLetters;

[Collection(OneSite.Name)]
public sealed class When_a_message_dies(ApprovalSite site)
{
    [Fact]
    public async Task Should_be_kept_whole_and_passed_on_with_its_reason()
    {
        byte[] body = [0xff, 0x00, 0x80, .. Guid.NewGuid().ToByteArray()];

        var letter = await site.Dies(body, "image/png", new() { ["loopbus-run"] = "dead-1", ["colour"] = "blue" });

        letter.Body.ShouldBe(body);
        letter.TaskId.ShouldBe("dead-1");
        var copy = await site.Copy(letter.Id);
        copy.Body.ToArray().ShouldBe(body);
        copy.BasicProperties.ContentType.ShouldBe("image/png");
        Text(copy, "loopbus-reason").ShouldBe("repeated-failure");
        Text(copy, "loopbus-queue").ShouldBe("somewhere");
        Text(copy, "loopbus-run").ShouldBe("dead-1");
        Text(copy, "colour").ShouldBe("blue");
    }

    [Fact]
    public async Task Should_be_told_to_its_run()
    {
        var letter = await site.Dies(Some(), "application/json", new() { ["loopbus-run"] = "dead-2" });

        var told = await site.Asker.Heard<Inform<MessageDeadLettered>>(inform => inform.Content.TaskId == "dead-2", "the run dead-2 is told");

        told.Content.DeadLetterId.ShouldBe($"{letter.Id}");
        told.Content.Queue.ShouldBe("somewhere");
    }

    [Fact]
    public async Task Should_be_found_by_the_task_that_a_plain_body_names_and_stop_no_run()
    {
        var named = $"named-{Guid.NewGuid():n}";
        var letter = await site.Dies(Encoding.UTF8.GetBytes($$"""{"taskId":"{{named}}","input":5}"""), "application/json", []);
        await site.Dies(Some(), "application/json", new() { ["loopbus-run"] = $"after-{named}" });

        letter.TaskId.ShouldBe(named);
        using var viewer = await site.SignedIn(Roles.Viewer);
        (await viewer.Text($"/dead-letters?q={named}")).ShouldContain($"/dead-letters/{letter.Id}");
        Text(await site.Copy(letter.Id), "loopbus-run").ShouldBeNull();
        var told = await site.Asker.Heard<Inform<MessageDeadLettered>>(inform => inform.Content.TaskId?.EndsWith(named, StringComparison.Ordinal) == true, "a run is told");
        told.Content.TaskId.ShouldBe($"after-{named}");
    }

    [Theory]
    [InlineData("unparseable", "not-understood")]
    [InlineData("repeated-failure", "failure")]
    public async Task Should_be_answered_to_a_sender_who_asked_for_an_answer(string reason, string performative)
    {
        await using var connection = await site.Broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        var replies = (await channel.QueueDeclareAsync()).QueueName;

        await site.Dies(Some(), "application/json", new() { ["loopbus-reason"] = reason }, replyTo: replies);

        var answer = await Eventually.Value(() => channel.BasicGetAsync(replies, autoAck: true), TimeSpan.FromSeconds(20), "the sender has an answer");
        answer.BasicProperties.CorrelationId.ShouldBe("c-7");
        Encoding.UTF8.GetString(answer.Body.Span).ShouldContain($"\"performative\":\"{performative}\"");
    }

    [Theory]
    [InlineData("replies", "earlier")]
    [InlineData(null, null)]
    public async Task Should_be_said_to_be_answered_earlier_only_where_somebody_asked(string? replyTo, string? answeredWith)
    {
        var letter = await site.Dies(Some(), "application/json", new() { ["loopbus-answered"] = "true" }, replyTo);

        letter.AnsweredWith.ShouldBe(answeredWith);
    }

    [Fact]
    public async Task Should_take_the_reason_from_the_broker_where_no_service_gave_one()
    {
        var death = new Dictionary<string, object?> { ["queue"] = "planner", ["reason"] = "delivery_limit", ["count"] = 1L };

        var letter = await site.Dies(Some(), null, new() { ["x-death"] = new List<object?> { death } }, bare: true);

        letter.Reason.ShouldBe("delivery-limit");
        letter.Queue.ShouldBe("planner");
    }

    [Fact]
    public async Task Should_keep_its_reason_while_the_database_can_not_keep_it()
    {
        var body = Some();
        await using var connection = await site.Broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        var rounds = (await channel.QueueDeclareAsync("", exclusive: true, autoDelete: true)).QueueName;
        await channel.QueueBindAsync(rounds, "dead-letter-intake", "");
        await site.Database.Execute("alter table approval.dead_letters rename to dead_letters_away");
        await site.Broker.Publish("dead-letter-intake", "", body, new BasicProperties
        {
            MessageId = "m-8", Headers = new Dictionary<string, object?> { ["loopbus-reason"] = "wrong-schema", ["loopbus-queue"] = "planner" },
        });
        await Eventually.True(
            async () => await channel.BasicGetAsync(rounds, autoAck: true) is { } copy
                && copy.Body.Span.SequenceEqual(body) && copy.BasicProperties.Headers!.ContainsKey("loopbus-intake-rounds"),
            TimeSpan.FromSeconds(90),
            "the dead letter has gone round");
        await site.Database.Execute("alter table approval.dead_letters_away rename to dead_letters");

        var letter = await site.Kept(body);

        letter.Reason.ShouldBe("wrong-schema");
        letter.Queue.ShouldBe("planner");
        letter.Headers.ShouldContain("loopbus-intake-rounds");
    }

    [Fact]
    public async Task Should_go_back_as_it_was_as_a_new_message()
    {
        var queue = await site.Queue();
        var body = Some();
        var letter = await site.Dies(body, "application/json", new() { ["loopbus-queue"] = queue, ["colour"] = "blue" });
        await site.Copy(letter.Id);
        using var person = await site.SignedIn();

        (await person.Submit($"/dead-letters/{letter.Id}", $"/dead-letters/{letter.Id}?handler=Redrive")).EnsureRedirect();

        var back = await Eventually.Value(() => site.Broker.Take(queue), TimeSpan.FromSeconds(20), "the message is back in its queue");
        back.Body.ToArray().ShouldBe(body);
        back.BasicProperties.MessageId.ShouldNotBe("m-7");
        Text(back, "colour").ShouldBe("blue");
        Text(back, "loopbus-redriven-from").ShouldBe($"{letter.Id}");
        back.BasicProperties.Headers!.ShouldNotContainKey("loopbus-reason");
        await site.HasNoCopy(letter.Id);
        (await site.Letter(letter.Id, found => found.Status == DeadLetterStatus.Redriven)).ClosedBy.ShouldNotBeNull();
        (await person.Text($"/audit?q={letter.Id}")).ShouldContain("redriven");
    }

    [Fact]
    public async Task Should_go_back_as_a_person_edited_it()
    {
        var queue = await site.Queue();
        var letter = await site.Dies("""{"taskId":"x","input":1}"""u8.ToArray(), "application/json", new() { ["loopbus-queue"] = queue });
        using var person = await site.SignedIn();

        var broken = await person.Submit($"/dead-letters/{letter.Id}", $"/dead-letters/{letter.Id}?handler=Redrive", ("body", "{ nearly"));
        broken.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await person.Submit($"/dead-letters/{letter.Id}", $"/dead-letters/{letter.Id}?handler=Redrive", ("body", """{"taskId":"x","input":2}"""))).EnsureRedirect();

        var back = await Eventually.Value(() => site.Broker.Take(queue), TimeSpan.FromSeconds(20), "the message is back in its queue");
        Encoding.UTF8.GetString(back.Body.Span).ShouldContain("\"input\":2");
    }

    [Fact]
    public async Task Should_stay_open_where_its_queue_is_gone()
    {
        var letter = await site.Dies(Some(), "application/json", new() { ["loopbus-queue"] = "no-such-queue" });
        using var person = await site.SignedIn();

        (await person.Submit($"/dead-letters/{letter.Id}", $"/dead-letters/{letter.Id}?handler=Redrive")).EnsureRedirect();

        (await site.Letter(letter.Id, found => found.ClosedBecause?.Contains("no queue", StringComparison.Ordinal) == true)).Status.ShouldBe(DeadLetterStatus.Open);
    }

    [Fact]
    public async Task Should_be_discarded_only_with_a_reason_and_leave_the_others_in_order()
    {
        var before = await site.Dies(Some(), "application/json", []);
        var letter = await site.Dies(Some(), "application/json", []);
        var after = await site.Dies(Some(), "application/json", []);
        await site.Copy(after.Id);
        using var person = await site.SignedIn();
        var page = $"/dead-letters/{letter.Id}";

        (await person.Submit(page, $"{page}?handler=Discard", ("reason", " "))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await person.Submit(page, $"{page}?handler=Discard", ("reason", "a test of ours"))).EnsureRedirect();

        await site.HasNoCopy(letter.Id);
        var left = await site.Copies();
        left.ShouldContain(before.Id);
        left.IndexOf(before.Id).ShouldBeLessThan(left.IndexOf(after.Id));
        (await person.Submit(page, $"{page}?handler=Redrive")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await person.Text($"/audit?q={letter.Id}")).ShouldContain("a test of ours");
    }

    [Fact]
    public async Task Should_be_discarded_with_others_for_one_reason()
    {
        var queue = await site.Queue();
        var letters = new[] { await site.Dies(Some(), "application/json", new() { ["loopbus-queue"] = queue }), await site.Dies(Some(), "application/json", new() { ["loopbus-queue"] = queue }) };
        using var person = await site.SignedIn();
        var (page, discard) = ($"/dead-letters?queue={queue}", $"/dead-letters?handler=Discard&queue={queue}");
        var selected = letters.Select(letter => ("id", $"{letter.Id}")).ToArray();

        var unsaid = await person.Submit(page, discard, [.. selected, ("because", " ")]);
        unsaid.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var again = await unsaid.Content.ReadAsStringAsync();
        again.ShouldContain("Say why it is discarded");
        again.Split("checked=\"checked\"").Length.ShouldBe(3);
        (await site.Letter(letters[0].Id, _ => true)).Status.ShouldBe(DeadLetterStatus.Open);

        var done = await person.Submit(page, discard, [.. selected, ("because", "both are rubbish")]);
        done.EnsureRedirect();
        $"{done.Headers.Location}".ShouldContain($"queue={queue}");
        foreach (var letter in letters)
        {
            (await site.Letter(letter.Id, found => found.Status == DeadLetterStatus.Discarded)).ClosedBecause.ShouldBe("both are rubbish");
            (await person.Text($"/audit?q={letter.Id}")).ShouldContain("both are rubbish");
        }
    }

    [Fact]
    public async Task Should_be_discarded_where_nobody_decides_and_removed_later()
    {
        var letter = await site.Dies(Some(), "application/json", []);
        await site.Copy(letter.Id);
        await using var scope = site.Services.CreateAsyncScope();

        await OldRows.DiscardLetters(scope.ServiceProvider, letter.ReceivedAt, 100, CancellationToken.None);
        (await site.Letter(letter.Id, _ => true)).Status.ShouldBe(DeadLetterStatus.Open);
        await OldRows.DiscardLetters(scope.ServiceProvider, letter.ReceivedAt.AddTicks(10), 100, CancellationToken.None);

        var closed = await site.Letter(letter.Id, found => found.Status == DeadLetterStatus.Discarded);
        closed.ClosedBy.ShouldBe(OldRows.By);
        await site.HasNoCopy(letter.Id);
        (await OldRows.RemoveLetters(scope.ServiceProvider, closed.ClosedAt!.Value.AddTicks(10), 1000, CancellationToken.None)).ShouldBeGreaterThan(0);
        var database = scope.ServiceProvider.GetRequiredService<ApprovalDbContext>();
        (await database.DeadLetters.AnyAsync(found => found.Id == letter.Id)).ShouldBeFalse();
    }

    [Fact]
    public async Task Should_not_be_redriven_by_a_viewer()
    {
        var letter = await site.Dies(Some(), "application/json", []);
        using var viewer = await site.SignedIn(Roles.Viewer);

        (await viewer.Submit("/password", $"/dead-letters/{letter.Id}?handler=Redrive")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await viewer.Submit("/password", $"/dead-letters?handler=Redrive", ("id", $"{letter.Id}"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await viewer.Submit("/password", $"/dead-letters?handler=Discard", ("id", $"{letter.Id}"), ("because", "I may not"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static byte[] Some() => Encoding.UTF8.GetBytes($$"""{"some":"{{Guid.NewGuid()}}"}""");

    private static string? Text(BasicGetResult message, string header) =>
        message.BasicProperties.Headers!.TryGetValue(header, out var value) && value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value?.ToString();
}
