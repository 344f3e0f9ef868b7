using System.Data.Common;
using System.Diagnostics;
using LoopBus.Testing;

namespace LoopBus.Persistence.Tests.Shop;

/// <summary>Counts the commits of this process in a test's database, as SqlClient tells them.</summary>
internal sealed class Commits : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly List<IDisposable> subscriptions = [];
    private readonly string database;
    private long total;

    public Commits(DatabaseFixture database)
    {
        this.database = (string)new DbConnectionStringBuilder { ConnectionString = database.ConnectionString }["Database"];
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public long Total => Interlocked.Read(ref total);

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "SqlClientDiagnosticListener")
            subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == "Microsoft.Data.SqlClient.WriteTransactionCommitBefore"
            && value.Value!.GetType().GetProperty("Connection")?.GetValue(value.Value) is DbConnection connection && connection.Database == database)
            Interlocked.Increment(ref total);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => subscriptions.ForEach(subscription => subscription.Dispose());
}
