using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LoopBus.Persistence.SqlServer;

/// <summary>What migrations for SQL Server say of a model, callable from services that do not reference the provider's package.</summary>
public static class SqlServerModel
{
    /// <summary>Keys of the model count up by themselves.</summary>
    public static void UseIdentityColumns(ModelBuilder model, long seed = 1, int increment = 1) =>
        SqlServerModelBuilderExtensions.UseIdentityColumns(model, seed, increment);

    /// <summary>This column counts up by itself.</summary>
    public static void UseIdentityColumn(PropertyBuilder property, long seed = 1, int increment = 1) =>
        SqlServerPropertyBuilderExtensions.UseIdentityColumn(property, seed, increment);
}
