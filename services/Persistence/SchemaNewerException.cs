namespace LoopBus.Persistence;

/// <summary>The database was migrated by a newer build of the service than this one.</summary>
public sealed class SchemaNewerException(string schema, string context, IReadOnlyCollection<string> migrations) : Exception(
    $"Schema '{schema}' is newer than this build: it has the migrations {string.Join(", ", migrations)}, which {context} does not know. "
    + "Start the build that made them, or restore the database from before.")
{
    /// <summary>The migrations that this build does not know.</summary>
    public IReadOnlyCollection<string> Migrations { get; } = migrations;
}
