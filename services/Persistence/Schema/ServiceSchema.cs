using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Persistence.Schema;

/// <summary>Tells EF Core which provider's migrations, and conventions, a context takes.</summary>
internal sealed class ServiceSchema(DatabaseProvider provider) : IDbContextOptionsExtension
{
    public DatabaseProvider Provider => provider;

    public DbContextOptionsExtensionInfo Info => new About(this);

    public void ApplyServices(IServiceCollection services)
    {
        services.AddScoped<IMigrationsAssembly, ProviderMigrations>();
        if (provider == DatabaseProvider.SqlServer)
            services.AddScoped<IConventionSetPlugin, OrdinalTexts>();
    }

    public void Validate(IDbContextOptions options)
    {
    }

    private sealed class About(ServiceSchema extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "";

        public override int GetServiceProviderHashCode() => extension.Provider.GetHashCode();

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) =>
            other is About about && ((ServiceSchema)about.Extension).Provider == extension.Provider;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) => debugInfo["LoopBus:Provider"] = extension.Provider.ToString();
    }
}
