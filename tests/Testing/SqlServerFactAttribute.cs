using LoopBus.Testing.Databases;
using Xunit;

namespace LoopBus.Testing;

/// <summary>A test that needs a SQL Server: where LOOPBUS_SQLSERVER names none it is skipped.</summary>
public sealed class SqlServerFactAttribute : FactAttribute
{
    public SqlServerFactAttribute()
    {
        if (!TestDatabase.IsOnSqlServer)
            Skip = $"{TestDatabase.Variable} names no server.";
    }
}
