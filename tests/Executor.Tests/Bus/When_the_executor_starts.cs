using LoopBus.Executor.Ledger;
using LoopBus.Executor.Tools;
using LoopBus.Loops.Tools;
using LoopBus.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Executor.Tests.Bus;

[Collection(ExecutorSuite.Name)]
public sealed class When_the_executor_starts(ExecutorFixture executor)
{
    [Fact]
    public async Task Should_have_code_for_every_tool_that_is_described_and_probes_where_it_says_so()
    {
        var app = executor.Start();
        var tools = app.Services.GetRequiredService<ToolBox>();

        foreach (var descriptor in ToolCatalogue.BuiltIn.All)
        {
            var tool = tools.Find(descriptor.Name).ShouldNotBeNull($"{descriptor.Name} is described in services/Loops/Tools and not registered in Program.cs");
            (tool is IProbe).ShouldBe(descriptor.Probe, $"{descriptor.Name}: the descriptor's probe and the code differ");
        }

        await executor.Stop(app);
    }

    [Fact]
    public void Should_be_allowed_only_tools_that_there_are()
    {
        var check = new ExecutorOptionsCheck(Configuration(executor.Signer.PublicKey), ToolCatalogue.BuiltIn);

        check.Validate(null, new ExecutorOptions { Tools = ["file.read"] }).Succeeded.ShouldBeTrue();
        check.Validate(null, new ExecutorOptions { Tools = ["no.such_tool"] }).FailureMessage!.ShouldContain("no.such_tool");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")]
    public void Should_not_start_without_a_key_to_verify_grants(string? key) =>
        new ExecutorOptionsCheck(Configuration(key), ToolCatalogue.BuiltIn).Validate(null, new ExecutorOptions())
            .FailureMessage!.ShouldContain("LoopBus:Grants:PublicKey");

    [Theory]
    [InlineData("PostgreSql", "now()")]
    [InlineData("SqlServer", "SYSUTCDATETIME()")]
    public async Task Should_read_leases_by_the_clock_of_either_database(string provider, string clock)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([new("LoopBus:Database:Provider", provider), new("LoopBus:Database:ConnectionString", "Server=none")]);
        builder.AddPersistence<ExecutorDbContext>(ExecutorDbContext.Schema);
        await using var services = builder.Services.BuildServiceProvider();
        await using var context = await services.GetRequiredService<IDbContextFactory<ExecutorDbContext>>().CreateDbContextAsync();

        context.Effects.Where(DatabaseClock.LeaseIsOver).ToQueryString().ShouldContain(clock);
        context.Effects.OrderBy(DatabaseClock.In(15)).ToQueryString().ShouldContain(clock);
    }

    private static IConfiguration Configuration(string? key) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("LoopBus:Grants:PublicKey", key)]).Build();
}
