using LoopBus.Acceptance.Tests.Stage;

namespace LoopBus.Acceptance.Tests.Triggers;

[Collection(OneSystem.Name)]
public sealed class When_other_clients_publish(LoopBusSystem system)
{
    private const string Pika =
        """
        import os, pika, sys
        connection = pika.BlockingConnection(pika.URLParameters(sys.argv[1]))
        channel = connection.channel()
        channel.confirm_delivery()
        channel.basic_publish(exchange="", routing_key="trigger", body=sys.stdin.buffer.read(), mandatory=True)
        connection.close()
        """;

    [Fact]
    public async Task Should_run_what_amqp_publish_sends()
    {
        await Shell.Feed(Some.KeepFile("from-amqp-publish"), "amqp-publish", "--url", system.Servers["LOOPBUS_TEST_BROKER"], "--routing-key", "trigger");

        await system.Until("from-amqp-publish", "completed");
    }

    [Fact]
    public async Task Should_run_what_python_sends()
    {
        await Shell.Feed(Some.KeepFile("from-python"), "/usr/bin/python3", "-c", Pika, system.Servers["LOOPBUS_TEST_BROKER"]);

        await system.Until("from-python", "completed");
    }

    [Fact]
    public async Task Should_run_what_the_management_page_sends()
    {
        await system.Servers.Manage(
            "exchanges/loopbus/amq.default/publish",
            new { properties = new { }, routing_key = "trigger", payload_encoding = "string", payload = Some.KeepFile("from-the-page") });

        await system.Until("from-the-page", "completed");
    }

    [Fact]
    public async Task Should_run_what_comes_over_http()
    {
        using var body = new StringContent(Some.KeepFile("from-http"), System.Text.Encoding.UTF8, "application/json");

        using var first = await system.Api.PostAsync(new Uri("runs", UriKind.Relative), body);
        using var second = await system.Api.PostAsync(new Uri("runs", UriKind.Relative), body);

        first.StatusCode.ShouldBe(System.Net.HttpStatusCode.Accepted);
        second.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        await system.Until("from-http", "completed");
    }
}
