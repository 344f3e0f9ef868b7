using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using Xunit;

namespace LoopBus.Testing;

/// <summary>A real RabbitMQ with a virtual host of this fixture's own, which goes with it.</summary>
public sealed class BrokerFixture : IAsyncLifetime
{
    private HttpClient? management;

    public string Host { get; private set; } = "";

    public int Port { get; private set; }

    public string User { get; private set; } = "";

    public string Password { get; private set; } = "";

    public string VirtualHost { get; } = $"test-{Guid.NewGuid():n}";

    public Uri Management { get; private set; } = new("http://127.0.0.1");

    public Uri Uri => new($"amqp://{User}:{Password}@{Host}:{Port}/{VirtualHost}");

    /// <summary>The configuration of a service that is to use this broker.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["LoopBus:Broker:Host"] = Host,
        ["LoopBus:Broker:Port"] = Port.ToString(),
        ["LoopBus:Broker:ManagementPort"] = Management.Port.ToString(),
        ["LoopBus:Broker:VirtualHost"] = VirtualHost,
        ["LoopBus:Broker:User"] = User,
        ["LoopBus:Broker:Password"] = Password,
    };

    public async Task InitializeAsync()
    {
        var addresses = TestServers.Addresses;
        (User, Password) = ServerAddresses.LoginOf(addresses.Broker);
        Host = addresses.Broker.Host;
        Port = addresses.Broker.Port;
        Management = addresses.Management;
        management = new HttpClient { BaseAddress = Management };
        management.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")));

        await Put($"/api/vhosts/{VirtualHost}", new { });
        await Put($"/api/permissions/{VirtualHost}/{User}", new { configure = ".*", write = ".*", read = ".*" });
    }

    public async Task DisposeAsync()
    {
        if (management is null)
            return;
        using var answer = await management.DeleteAsync(new Uri($"/api/vhosts/{VirtualHost}", UriKind.Relative));
        management.Dispose();
    }

    /// <summary>A connection of a client that knows nothing of LoopBus.</summary>
    public Task<IConnection> Connect(CancellationToken cancellationToken = default) =>
        new ConnectionFactory { Uri = Uri }.CreateConnectionAsync(cancellationToken);

    /// <summary>What the management API says at a path, for example <c>/api/queues/{VirtualHost}</c>.</summary>
    public async Task<JsonElement> Get(string path) =>
        await management!.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    /// <summary>Sets something through the management API.</summary>
    public async Task Put(string path, object content)
    {
        using var answer = await management!.PutAsJsonAsync(new Uri(path, UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>How many messages are ready in a queue, by the broker itself (the management API's numbers are seconds old).</summary>
    public async Task<uint> Ready(string queue)
    {
        await using var connection = await Connect();
        await using var channel = await connection.CreateChannelAsync();
        return (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;
    }

    /// <summary>Publishes bytes to an exchange ("" is the default one: the routing key is the queue) and waits for the broker's confirm.</summary>
    public async Task Publish(string exchange, string routingKey, ReadOnlyMemory<byte> body, BasicProperties? properties = null)
    {
        await using var connection = await Connect();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await channel.BasicPublishAsync(exchange, routingKey, mandatory: true, properties ?? new BasicProperties(), body);
    }

    /// <summary>Takes one message off a queue, or null where it is empty.</summary>
    public async Task<BasicGetResult?> Take(string queue)
    {
        await using var connection = await Connect();
        await using var channel = await connection.CreateChannelAsync();
        return await channel.BasicGetAsync(queue, autoAck: true);
    }
}
