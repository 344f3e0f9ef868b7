using System.Security.Cryptography;
using System.Text;
using LoopBus.Approval.DeadLetters;
using LoopBus.Testing;
using Microsoft.EntityFrameworkCore;
using RabbitMQ.Client;

namespace LoopBus.Approval.Tests.Stage;

/// <summary>Lets messages die, and looks at what lies in the broker's queue of dead letters.</summary>
internal static class Dying
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<DeadLetter> Dies(
        this ApprovalSite site, byte[] body, string? contentType, Dictionary<string, object?> headers, string? replyTo = null, bool bare = false)
    {
        if (!bare)
        {
            headers.TryAdd("loopbus-reason", "repeated-failure");
            headers.TryAdd("loopbus-queue", "somewhere");
            headers.TryAdd("loopbus-exception", "InvalidOperationException: no");
            headers.TryAdd("loopbus-attempts", 5);
        }

        await site.Broker.Publish(
            "dead-letter-intake", "", body,
            new BasicProperties { ContentType = contentType, MessageId = "m-7", CorrelationId = "c-7", ReplyTo = replyTo, Headers = headers });
        return await site.Kept(body);
    }

    public static Task<DeadLetter> Kept(this ApprovalSite site, byte[] body)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        return Eventually.Value(
            () => site.Read(db => db.DeadLetters.SingleOrDefaultAsync(letter => letter.BodyHash == hash)), Patience, "the dead letter is kept");
    }

    public static Task<DeadLetter> Letter(this ApprovalSite site, Guid id, Func<DeadLetter, bool> fits) =>
        Eventually.Value(
            async () => await site.Read(db => db.DeadLetters.SingleAsync(letter => letter.Id == id)) is var letter && fits(letter) ? letter : null,
            Patience,
            $"the dead letter {id} is as expected");

    public static async Task<string> Queue(this ApprovalSite site)
    {
        var name = $"queue-{Guid.NewGuid():n}";
        await using var connection = await site.Broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false);
        return name;
    }

    public static Task<BasicGetResult> Copy(this ApprovalSite site, Guid id) =>
        Eventually.Value(
            async () => (await site.All()).FirstOrDefault(copy => IdOf(copy) == id), Patience, $"the copy of {id} is in the queue of dead letters");

    public static async Task<List<Guid>> Copies(this ApprovalSite site) => [.. (await site.All()).Select(IdOf)];

    /// <summary>Looks only once the service has: whoever looks holds the messages for a moment.</summary>
    public static async Task HasNoCopy(this ApprovalSite site, Guid id)
    {
        await Eventually.True(
            () => site.Read(db => db.Audit.AnyAsync(entry => entry.Subject == $"/dead-letters/{id}" && entry.What.StartsWith("copy-"))),
            Patience,
            $"the copy of {id} was looked for");
        (await site.Copies()).ShouldNotContain(id);
    }

    private static async Task<List<BasicGetResult>> All(this ApprovalSite site)
    {
        await using var connection = await site.Broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        List<BasicGetResult> all = [];
        while (await channel.BasicGetAsync("dead-letter", autoAck: false) is { } copy)
            all.Add(copy);
        return all;
    }

    private static Guid IdOf(BasicGetResult copy) =>
        copy.BasicProperties.Headers?.TryGetValue("loopbus-dead-letter", out var value) == true && value is byte[] bytes
            ? Guid.Parse(Encoding.UTF8.GetString(bytes))
            : Guid.Empty;
}
