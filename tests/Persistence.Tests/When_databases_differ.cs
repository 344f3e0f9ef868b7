using LoopBus.Persistence.Database;
using LoopBus.Testing;

namespace LoopBus.Persistence.Tests;

public sealed class When_databases_differ
{
    [Fact]
    public void Should_show_all_that_differs()
    {
        IDialect[] dialects = [new PostgreSqlDialect("Server=none"), new SqlServerDialect("Server=none")];

        ApprovedText.Check("Dialects", string.Join("\n\n", dialects.Select(dialect => string.Join("\n\n",
            dialect.GetType().Name,
            dialect.InsertIfAbsent("t", ["a", "b"], ["@a", "@b"], ["a"]),
            dialect.Claim("t", "unit_id, position", ofUnit: false),
            dialect.Claim("t", "unit_id, position", ofUnit: true),
            dialect.DeleteOlder("t", "c"),
            dialect.Notify("loopbus_shop") ?? "(no notify)"))));
    }
}
