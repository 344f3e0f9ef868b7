using System.Runtime.Serialization;
using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Hosting.Acl;
using LoopBus.Hosting.Failures;
using LoopBus.Hosting.Raw;
using LoopBus.Testing.Fuzz;
using MassTransit;
using MassTransit.Serialization;
using RabbitMQ.Client;
using Xunit.Abstractions;

namespace LoopBus.Hosting.Tests;

[Collection(Measured.Name)]
public sealed class When_any_bytes_come_as_an_act(ITestOutputHelper output)
{
    private const int Envelopes = 30_000;
    private const int Deliveries = 10_000;

    private static readonly IMessageDeserializer Decoder = new AclSerializer("coordinator").CreateDeserializer();

    private static readonly byte[][] Good =
    [
        """
        { "messageId": "08dd0000-ac11-0242-1b2c-08dd4a5e0001", "requestId": null, "conversationId": "0f8fad5b-d9cb-469f-a165-70867728950e", "sourceAddress": "rabbitmq://localhost/loopbus/coordinator",
          "destinationAddress": "rabbitmq://localhost/loopbus/request.execute-step", "responseAddress": "rabbitmq://localhost/loopbus/answers?temporary=true",
          "messageType": ["urn:message:LoopBus.Contracts.Acts:Request[[LoopBus.Contracts.Execution:ExecuteStep]]"],
          "message": { "content": { "taskId": "a", "stepId": "s", "attempt": 1, "loop": "l", "tool": "file.read", "arguments": { "path": "x" }, "actionHash": "h", "idempotencyKey": "k", "timeoutSeconds": 30.5 } },
          "expirationTime": null, "sentTime": "2026-11-20T21:00:00Z", "headers": { "performative": "request", "protocol": "fipa-request", "n": 7 }, "host": { "machineName": "m" } }
        """u8.ToArray(),
        """{ "messageType": ["urn:message:LoopBus.Contracts.Acts:Request[[LoopBus.Contracts.Execution:ExecuteStep]]"], "message": { "content": null } }"""u8.ToArray(),
    ];

    [Fact]
    public async Task Should_be_decoded_or_refused_and_named_for_the_dead_letters()
    {
        var mutations = new Mutations(17, Good);

        var report = await Barrage.Run(Envelopes, mutations.Next, Decode);

        output.WriteLine($"{report}");
        report.Slowest.ShouldBeLessThan(TimeSpan.FromSeconds(3));
        report.Growth.ShouldBeLessThan(8 * 1024 * 1024);
    }

    [Fact]
    public async Task Should_keep_any_properties_and_headers_of_a_foreign_message()
    {
        var mutations = new Mutations(19, Good);
        var random = new Random(19);

        var report = await Barrage.Run(Deliveries, mutations.Next, body =>
        {
            var properties = new BasicProperties { MessageId = Text(), CorrelationId = Text(), ReplyTo = Text(), Type = Text(), ContentType = Text(), Headers = Headers(3) };
            var message = RawMessages.Of(body, properties, "", "trigger", redelivered: false);
            RawMessages.Identity(message).HasValue.ShouldBe(properties.MessageId.Length > 0);
            RawMessages.Identity(message).ShouldBe(RawMessages.Identity(RawMessages.Of(body, properties, "", "trigger", redelivered: true)));
            RawMessages.Copy(message, new Dictionary<string, object?>(), new DictionarySendHeaders(new Dictionary<string, object?>()));
            JsonSerializer.Serialize(message.Headers);
            return "kept";
        });

        output.WriteLine($"{report}");
        report.Growth.ShouldBeLessThan(8 * 1024 * 1024);

        string Text() => Convert.ToBase64String(mutations.Next().AsSpan(0, 0)) + (char)random.Next(0x20, 0xd7ff);

        Dictionary<string, object?> Headers(int depth)
        {
            var headers = new Dictionary<string, object?>();
            for (var i = random.Next(6); i > 0; i--)
                headers[Text()] = Value(depth);
            return headers;
        }

        object? Value(int depth) => random.Next(depth > 0 ? 12 : 10) switch
        {
            0 => null,
            1 => mutations.Next(),
            2 => random.NextDouble(),
            3 => float.NaN,
            4 => new AmqpTimestamp(random.NextInt64()),
            5 => decimal.MaxValue,
            6 => random.Next(2) == 0,
            7 => (sbyte)-1,
            8 => new BinaryTableValue([1, 2]),
            9 => random.NextInt64(),
            10 => new List<object?> { Value(depth - 1), Value(depth - 1) },
            _ => Headers(depth - 1),
        };
    }

    // As the pipeline does it, up to the consumer; and what it says where that fails.
    private static string Decode(byte[] bytes)
    {
        try
        {
            var context = Decoder.Deserialize(new BytesMessageBody(bytes), EmptyHeaders.Instance);
            foreach (var name in new[] { AclParameter.Performative, AclParameter.Protocol, AclParameter.ConversationId, AclParameter.ReplyBy })
                context!.Headers.TryGetHeader(name, out _);
            return context!.TryGetMessage<Request<ExecuteStep>>(out Request<ExecuteStep>? act)
                ? act!.Content is null ? "an act without content" : "an act"
                : Envelope.MessageTypes(bytes).Count == 0 ? "no type" : "another type";
        }
        catch (Exception refused) when (refused is SerializationException or JsonException or NotSupportedException or UriFormatException)
        {
            Envelope.MessageTypes(bytes);
            return refused.GetType().Name;
        }
    }
}
