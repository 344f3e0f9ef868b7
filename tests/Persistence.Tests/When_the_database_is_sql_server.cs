using System.Data;
using System.Data.Common;
using System.Reflection;
using LoopBus.Persistence.Database;
using LoopBus.Persistence.Rows;
using LoopBus.Persistence.SqlServer;
using LoopBus.Persistence.Tests.Shop;
using LoopBus.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

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

    [Theory]
    [InlineData(1205, true)]
    [InlineData(3960, true)]
    [InlineData(2601, true)]
    [InlineData(2627, true)]
    [InlineData(547, false)]
    [InlineData(1222, false)]
    public void Should_know_a_lost_race(int number, bool lost) => SqlServerProvider.IsLostRace(SqlServerError.Of(number)).ShouldBe(lost);

    [Theory]
    [InlineData(547, 16, true, false)]
    [InlineData(1205, 13, true, false)]
    [InlineData(2627, 14, true, false)]
    [InlineData(8134, 16, true, false)]
    [InlineData(1222, 16, true, true)]
    [InlineData(-2, 11, false, true)]
    [InlineData(4060, 11, false, true)]
    [InlineData(9002, 17, false, true)]
    [InlineData(10061, 20, false, true)]
    public void Should_know_whether_a_statement_is_at_fault_or_the_server_away(int number, byte severity, bool refused, bool away)
    {
        SqlServerProvider.IsRefused(SqlServerError.Of(number, severity)).ShouldBe(refused);
        SqlServerProvider.IsAway(SqlServerError.Of(number, severity)).ShouldBe(away);
    }

    [Fact]
    public void Should_type_its_parameters_as_the_columns_are()
    {
        using var context = Create(DatabaseProvider.SqlServer);
        var dialect = PersistenceRegistration.Dialect(DatabaseProvider.SqlServer, "Server=none");
        var baskets = new RowTable<Basket>(dialect, new Names(context.Model, context.GetService<ISqlGenerationHelper>(), typeof(ShopDbContext)));
        using var connection = dialect.DataSource.CreateConnection();
        using var batch = connection.CreateBatch();
        using var maker = connection.CreateCommand();
        var (id, opened) = (Guid.NewGuid(), new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero).AddTicks(1));
        var written = baskets.Append(new Basket { CorrelationId = id, CurrentState = "Filling", OpenedAt = opened, Items = ["tea"], Size = Size.Large, Weight = 5_000_000_000 });

        var parameters = written.Statement.AddTo(batch, maker, [written.Values]).Single().Parameters.Cast<DbParameter>().ToList();

        parameters.Select(parameter => parameter.DbType).ShouldBe(
        [
            DbType.Guid, DbType.Int32, DbType.String, DbType.String, DbType.Boolean, DbType.String, DbType.DateTimeOffset, DbType.Guid,
            DbType.Time, DbType.Decimal, DbType.String, DbType.Int32, DbType.Int64,
        ]);
        (parameters[0].Value, parameters[5].Value, parameters[6].Value, parameters[7].Value, parameters[10].Value).ShouldBe(((object)id, "[\"tea\"]", opened, DBNull.Value, "Large"));
    }

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
