using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LoopBus.Persistence.Schema;

/// <summary>The migrations of the context's own assembly for one provider: those in a namespace that ends with Migrations.(provider).</summary>
internal sealed class ProviderMigrations : IMigrationsAssembly
{
    private readonly Type context;
    private readonly string suffix;

    public ProviderMigrations(ICurrentDbContext current, IDbContextOptions options)
    {
        context = current.Context.GetType();
        suffix = $".Migrations.{options.FindExtension<ServiceSchema>()!.Provider}";
        Migrations = Types<Migration>()
            .Select(type => (Id: type.GetCustomAttribute<MigrationAttribute>()?.Id, Type: type))
            .Where(migration => migration.Id is not null)
            .OrderBy(migration => migration.Id, StringComparer.Ordinal)
            .ToDictionary(migration => migration.Id!, migration => migration.Type, StringComparer.OrdinalIgnoreCase);
        ModelSnapshot = Types<ModelSnapshot>().Select(type => (ModelSnapshot)Activator.CreateInstance(type)!).SingleOrDefault();
    }

    public IReadOnlyDictionary<string, TypeInfo> Migrations { get; }

    public ModelSnapshot? ModelSnapshot { get; }

    public Assembly Assembly => context.Assembly;

    public string? FindMigrationId(string nameOrId) => Migrations.Keys.FirstOrDefault(id =>
        id.Equals(nameOrId, StringComparison.OrdinalIgnoreCase) || id.EndsWith("_" + nameOrId, StringComparison.OrdinalIgnoreCase));

    public Migration CreateMigration(TypeInfo migrationClass, string activeProvider)
    {
        var migration = (Migration)Activator.CreateInstance(migrationClass.AsType())!;
        migration.ActiveProvider = activeProvider;
        return migration;
    }

    private IEnumerable<TypeInfo> Types<T>() => context.Assembly.DefinedTypes.Where(type =>
        type is { IsAbstract: false, Namespace: not null }
        && type.IsSubclassOf(typeof(T))
        && type.Namespace.EndsWith(suffix, StringComparison.Ordinal)
        && type.GetCustomAttribute<DbContextAttribute>()?.ContextType == context);
}
