using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Hosting.Tests.Outbox;
using LoopBus.Persistence;
using LoopBus.Testing;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using RabbitMQ.Client;

namespace LoopBus.Hosting.Tests.Tls;

public sealed class When_the_servers_speak_TLS(TlsServers tls) : IClassFixture<TlsServers>
{
    [Fact]
    public async Task Should_say_and_hear_and_store_over_it_alone()
    {
        var heard = new Heard<string>();
        await using var app = Service(tls.Settings, heard);
        await using (var context = await app.Services.GetRequiredService<IDbContextFactory<OutboxDbContext>>().CreateDbContextAsync())
            await context.Database.EnsureCreatedAsync();
        await app.StartAsync();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<IPublishEndpoint>().Say(new Request<ExecuteStep>(Steps.Step("over-tls")), new AclParameters());
            await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().Commit(CancellationToken.None);
        }

        (await heard.One()).ShouldBe("over-tls");

        var connections = await Eventually.Value(
            async () => (await tls.Servers.Manage("connections")).EnumerateArray().ToList() is { Count: >= 2 } seen ? seen : null,
            TimeSpan.FromSeconds(20), "the broker lists the connections of the bus and of the publisher");
        connections.ShouldAllBe(connection => connection.GetProperty("ssl").GetBoolean());
        connections.Select(connection => connection.GetProperty("client_properties").GetProperty("connection_name").GetString()).ShouldContain("executor publisher");
        await using var database = NpgsqlDataSource.Create(tls.Settings["LoopBus:Database:ConnectionString"]!);
        await using var open = database.CreateCommand("select bool_and(ssl) from pg_stat_ssl s join pg_stat_activity a using (pid) where a.usename = 'loopbus' and a.client_port is not null");
        (await open.ExecuteScalarAsync()).ShouldBe(true);
        await app.StopAsync();
    }

    [Fact]
    public async Task Should_refuse_a_broker_of_another_authority()
    {
        var refused = await Refused("LoopBus:Broker:Tls:CaFile", tls.StrangerCa);

        refused.ShouldContain($"is not signed by {tls.StrangerCa} (LoopBus:Broker:Tls:CaFile)");
    }

    [Fact]
    public async Task Should_refuse_a_broker_that_only_the_system_could_know()
    {
        var refused = await Refused("LoopBus:Broker:Tls:CaFile", "");

        refused.ShouldContain("signed by nobody whom this system trusts");
        refused.ShouldContain("Set LoopBus:Broker:Tls:CaFile");
    }

    [Fact]
    public async Task Should_refuse_a_broker_of_another_name()
    {
        var refused = await Refused("LoopBus:Broker:Tls:ServerName", "elsewhere.loopbus.test");

        refused.ShouldContain("not the name that was connected to");
        refused.ShouldContain("LoopBus:Broker:Tls:ServerName");
    }

    [Fact]
    public async Task Should_be_refused_without_a_certificate_of_its_own() => await Refused("LoopBus:Broker:Tls:CertificateFile", "");

    [Fact]
    public async Task Should_not_start_with_a_file_that_is_none()
    {
        await using var app = Service(new(tls.Settings) { ["LoopBus:Broker:Tls:CaFile"] = "/nowhere.pem" }, new Heard<string>());

        var refused = await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync());

        refused.Message.ShouldContain("LoopBus:Broker:Tls:CaFile is /nowhere.pem");
    }

    [Fact]
    public async Task Should_refuse_a_database_of_another_authority()
    {
        await using var database = NpgsqlDataSource.Create(tls.Database(tls.StrangerCa));

        var refused = await Should.ThrowAsync<NpgsqlException>(async () => await database.OpenConnectionAsync());

        refused.ToString().ShouldContain("certificate");
    }

    // What its publisher and its bus both do to connect.
    private async Task<string> Refused(string key, string value)
    {
        await using var app = Service(new(tls.Settings) { [key] = value }, new Heard<string>());
        return (await Should.ThrowAsync<Exception>(() => app.Services.GetRequiredService<IConnectionFactory>().CreateConnectionAsync())).ToString();
    }

    private static WebApplication Service(Dictionary<string, string?> settings, Heard<string> heard)
    {
        var builder = ServiceHost.CreateBuilder(["--urls", "http://127.0.0.1:0"], "executor", 0);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Configuration.AddInMemoryCollection([new("LoopBus:Database:Migrate", "false")]);
        builder.AddPersistence<OutboxDbContext>("hosting");
        builder.AddServiceBus(
            bus => bus.AddConsumer<NotingConsumer>().Endpoint(endpoint => endpoint.Name = "executor"),
            (context, endpoint) => endpoint.UseUnitOfWork<OutboxDbContext>(context));
        builder.Services.AddSingleton(heard);
        return builder.Build();
    }
}
