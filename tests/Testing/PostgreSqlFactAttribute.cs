using LoopBus.Testing.Databases;
using Xunit;

namespace LoopBus.Testing;

/// <summary>A test of something that PostgreSQL alone has; elsewhere it is skipped, and says why.</summary>
public sealed class PostgreSqlFactAttribute : FactAttribute
{
    public PostgreSqlFactAttribute(string because)
    {
        Because = because;
        if (TestDatabase.IsOnSqlServer)
            Skip = $"Not on SQL Server: {because}.";
    }

    public string Because { get; }
}
