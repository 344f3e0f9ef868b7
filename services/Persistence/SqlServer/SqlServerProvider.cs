using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.SqlServer.Design.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Persistence.SqlServer;

/// <summary>All that LoopBus needs from the SQL Server packages, in one place.</summary>
public static class SqlServerProvider
{
    /// <summary>Connections by SqlClient.</summary>
    public static DbDataSource CreateDataSource(string connectionString) => SqlClientFactory.Instance.CreateDataSource(connectionString);

    /// <summary>EF Core on SQL Server, its migration history in the service's schema.</summary>
    public static void Use(DbContextOptionsBuilder options, string connectionString, string historyTable, string schema) =>
        options.UseSqlServer(connectionString, server => server.MigrationsHistoryTable(historyTable, schema));

    /// <summary>A deadlock's victim (1205), or a key that another transaction wrote at the same time (2601, 2627).</summary>
    public static bool IsLostRace(DbException exception) => exception is SqlException { Number: 1205 or 2601 or 2627 };

    /// <summary>An error of one statement (severity 11 to 19): the connection stands, and it was no timeout (-2).</summary>
    public static bool IsRefused(DbException exception) => exception is SqlException { Class: > 10 and < 20, Number: not -2 };

    /// <summary>What writing migrations for SQL Server needs.</summary>
    public static void ConfigureDesignTimeServices(IServiceCollection services)
    {
#pragma warning disable EF1001 // The provider names its design-time entry only so; the tools use it alike.
        ((IDesignTimeServices)new SqlServerDesignTimeServices()).ConfigureDesignTimeServices(services);
#pragma warning restore EF1001
    }
}
