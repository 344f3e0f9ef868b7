using LoopBus.Persistence.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.Extensions.DependencyInjection;
using Npgsql.EntityFrameworkCore.PostgreSQL.Design.Internal;

namespace LoopBus.Persistence.Design;

/// <summary>Compares a context's model with its last snapshot for one provider and writes the difference as C#.</summary>
internal static class MigrationWriter
{
    public static void Write(Type contextType, DatabaseProvider provider, string folder, string name)
    {
        if (!HasChanges(contextType, provider))
        {
            Console.WriteLine($"{contextType.Name}, {provider}: the model has not changed.");
            return;
        }
        using var context = Create(contextType, provider);
        var services = new ServiceCollection().AddEntityFrameworkDesignTimeServices().AddDbContextDesignTimeServices(context);
        if (provider == DatabaseProvider.PostgreSql)
#pragma warning disable EF1001 // The provider names its design-time entry only so; the tools use it alike.
            new NpgsqlDesignTimeServices().ConfigureDesignTimeServices(services);
#pragma warning restore EF1001
        else
            SqlServerProvider.ConfigureDesignTimeServices(services);
        using var built = services.BuildServiceProvider();

        var migration = built.GetRequiredService<IMigrationsScaffolder>().ScaffoldMigration(name, contextType.Assembly.GetName().Name!, $"Migrations.{provider}");
        // Not the scaffolder's own Save: it looks for a snapshot by file name alone and would overwrite the other provider's.
        var target = Directory.CreateDirectory(Path.Combine(folder, "Migrations", provider.ToString())).FullName;
        Save(Path.Combine(target, migration.MigrationId + ".cs"), migration.MigrationCode);
        Save(Path.Combine(target, migration.MigrationId + ".Designer.cs"), migration.MetadataCode);
        Save(Path.Combine(target, migration.SnapshotName + ".cs"), migration.SnapshotCode);
        Console.WriteLine($"{contextType.Name}, {provider}: {Path.Combine(target, migration.MigrationId + ".cs")}");
    }

    // With a context of its own: the comparison makes the snapshot read-only, and the scaffolder takes a read-only one for none.
    private static bool HasChanges(Type contextType, DatabaseProvider provider)
    {
        using var context = Create(contextType, provider);
        return context.GetService<IMigrationsAssembly>().ModelSnapshot is null || context.Database.HasPendingModelChanges();
    }

    // Services do not reference the SQL Server package, whose extension classes generated code calls: SqlServerModel passes on to them.
    private static void Save(string path, string code) => File.WriteAllText(path, code
        .Replace("SqlServerModelBuilderExtensions.", typeof(SqlServerModel).FullName + ".", StringComparison.Ordinal)
        .Replace("SqlServerPropertyBuilderExtensions.", typeof(SqlServerModel).FullName + ".", StringComparison.Ordinal)
        .ReplaceLineEndings("\n"));

    private static DbContext Create(Type type, DatabaseProvider provider)
    {
        var options = (DbContextOptionsBuilder)Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(type))!;
        // Nothing connects: only the provider's types and SQL are asked for.
        PersistenceRegistration.Configure(options, PersistenceRegistration.Dialect(provider, "Server=none"), provider, "none");
        return (DbContext)Activator.CreateInstance(type, options.Options)!;
    }
}
