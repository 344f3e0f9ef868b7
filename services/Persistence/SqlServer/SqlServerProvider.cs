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
    /// <summary>
    /// Keys are texts that differ by a letter's case: they are compared by their code points, as PostgreSQL does, whatever the database's collation is.
    /// </summary>
    public const string Collation = "Latin1_General_100_BIN2";

    /// <summary>Connections by SqlClient.</summary>
    public static DbDataSource CreateDataSource(string connectionString) => SqlClientFactory.Instance.CreateDataSource(connectionString);

    /// <summary>The connection string with what LoopBus wants of the pool: at most 50 connections, and the next try after a failed one goes to the server.</summary>
    public static string Pooled(string connectionString)
    {
        var builder = new SqlConnectionStringBuilder(connectionString) { PoolBlockingPeriod = PoolBlockingPeriod.NeverBlock };
        builder.MaxPoolSize = Math.Min(builder.MaxPoolSize, 50);
        return builder.ConnectionString;
    }

    /// <summary>EF Core on SQL Server, its migration history in the service's schema.</summary>
    public static void Use(DbContextOptionsBuilder options, string connectionString, string historyTable, string schema) =>
        options.UseSqlServer(connectionString, server => server.MigrationsHistoryTable(historyTable, schema));

    /// <summary>A deadlock's victim (1205), a snapshot that is behind (3960), or a key that another transaction wrote at the same time (2601, 2627).</summary>
    public static bool IsLostRace(DbException exception) => exception is SqlException { Number: 1205 or 3960 or 2601 or 2627 };

    /// <summary>An error of one statement (severity 11 to 19), a lock's timeout (1222) among them: the connection stands, and the server is well.</summary>
    public static bool IsRefused(DbException exception) =>
        exception is SqlException { Class: > 10 and < 20 } refused && (refused.Number == 1222 || !IsAway(refused));

    /// <summary>
    /// The server can not be reached, goes down, changes over, or is short of something. SqlClient 6 calls no error transient, so this says which are.
    /// </summary>
    public static bool IsAway(DbException exception) => exception is SqlException
    {
        // The connection broke, or there was none.
        Class: >= 20
    }
    or SqlException
    {
        Number:
            // a command's, a connection's and a lock's timeout
            -2 or 258 or 1222
            // no memory, no disk, no log, no threads
            or 701 or 8645 or 1101 or 1105 or 9002 or 8651 or 10928 or 10929
            // the server or the database goes down, is not up yet, or is being taken over by another node
            or 596 or 6005 or 17142 or 921 or 922 or 927 or 942 or 976 or 978 or 979 or 983 or 3906 or 4060 or 4221 or 18401
            // Azure SQL: moved, busy, throttled
            or 40197 or 40501 or 40613 or 40143 or 49918 or 49919 or 49920,
    };

    /// <summary>What writing migrations for SQL Server needs.</summary>
    public static void ConfigureDesignTimeServices(IServiceCollection services)
    {
#pragma warning disable EF1001 // The provider names its design-time entry only so; the tools use it alike.
        ((IDesignTimeServices)new SqlServerDesignTimeServices()).ConfigureDesignTimeServices(services);
#pragma warning restore EF1001
    }
}
