using System.Text.Json;
using LoopBus.Contracts.Runs;
using LoopBus.Coordinator.Runs;
using LoopBus.Coordinator.Tests.Months;
using LoopBus.Testing;
using LoopBus.Testing.Databases;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LoopBus.Coordinator.Tests.Tenants;

public sealed class When_runs_began_before_tenants_had_keys(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static string Before => TestDatabase.IsOnSqlServer ? "20261121195633_Budgets" : "20261121195632_Budgets";

    [Fact]
    public async Task Should_know_whose_they_are()
    {
        await using (var before = Copy.Idle(database, TimeProvider.System))
            await before.Ask(async context =>
            {
                await context.GetService<IMigrator>().MigrateAsync(Before);
                return Before;
            });
        await Write("of-acme", "Acme");
        await Write("of-nobody", null);

        await using var copy = await Copy.Start(database, TimeProvider.System);

        (await database.Scalar("select tenant from coordinator.run where task_id = 'of-acme'")).ShouldBe("acme");
        (await database.Scalar("select count(*) from coordinator.run where tenant is null")).ShouldBeOneOf(1, 1L);
    }

    private Task Write(string task, string? tenant)
    {
        var document = new RunDocument { Trigger = new RunLoop(task, "thinker", JsonElement.Parse("""{ "tenant": "of no meaning" }"""), Tenant: tenant) };

        return database.Execute(
            $"""
            INSERT INTO coordinator.run (correlation_id, current_state, version, task_id, loop, loop_version, loop_hash, iteration, max_iterations, errors, started_at, document)
            VALUES ('{Guid.NewGuid()}', 'Planning', 1, '{task}', 'thinker', '1.0.0', 'hash', 0, 10, 0, CURRENT_TIMESTAMP, '{JsonSerializer.Serialize(document, JsonSerializerOptions.Web)}')
            """);
    }
}
