using System.Data;
using System.Data.Common;

namespace LoopBus.Standards.Tests.SqlServer;

internal sealed class NoTransaction(DbConnection connection) : DbTransaction
{
    public override IsolationLevel IsolationLevel => IsolationLevel.ReadCommitted;

    protected override DbConnection DbConnection => connection;

    public override void Commit()
    {
    }

    public override void Rollback()
    {
    }
}
