using System.Reflection;
using LoopBus.Persistence.Tests.Shop;
using LoopBus.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LoopBus.Persistence.Tests;

public sealed class When_the_database_is_sql_server
{
    [Fact]
    public void Should_create_the_same_tables_as_its_migrations()
    {
        using var context = Create(DatabaseProvider.SqlServer);

        ApprovedText.Check("SqlServer", context.Database.GenerateCreateScript());
        Tables(context.GetService<IMigrator>().GenerateScript()).ShouldBe(Tables(context.Database.GenerateCreateScript()));
    }

    [Fact]
    public void Should_create_the_same_tables_as_its_migrations_on_postgresql_too()
    {
        using var context = Create(DatabaseProvider.PostgreSql);

        ApprovedText.Check("PostgreSql", context.Database.GenerateCreateScript());
        Tables(context.GetService<IMigrator>().GenerateScript()).ShouldBe(Tables(context.Database.GenerateCreateScript()));
    }

    [Theory]
    [InlineData(DatabaseProvider.PostgreSql)]
    [InlineData(DatabaseProvider.SqlServer)]
    public void Should_take_only_the_migrations_of_its_provider(DatabaseProvider provider)
    {
        using var context = Create(provider);

        var migrations = context.GetService<IMigrationsAssembly>();
        migrations.Migrations.Values.ShouldAllBe(migration => migration.Namespace!.EndsWith(provider.ToString(), StringComparison.Ordinal));
        migrations.Migrations.ShouldNotBeEmpty();
        context.Database.HasPendingModelChanges().ShouldBeFalse();
    }

    [Fact]
    public void Should_find_the_assembly_that_sql_client_loads_with_its_first_parameter() =>
        Assembly.Load("Microsoft.SqlServer.Server, Version=1.0.0.0, Culture=neutral, PublicKeyToken=23ec7fc2d6eaa4a5")
            .GetType("Microsoft.SqlServer.Server.SqlUserDefinedTypeAttribute").ShouldNotBeNull();

    private static ShopDbContext Create(DatabaseProvider provider)
    {
        var options = new DbContextOptionsBuilder<ShopDbContext>();
        PersistenceRegistration.Configure(options, PersistenceRegistration.Dialect(provider, "Server=none"), provider, "shop");
        return new ShopDbContext(options.Options);
    }

    private static IEnumerable<string> Tables(string script) =>
        script.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("CREATE TABLE", StringComparison.Ordinal)).Order()
            .Where(line => !line.Contains("migrations", StringComparison.Ordinal));
}
