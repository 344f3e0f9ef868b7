using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace LoopBus.Persistence.Database;

/// <summary>The delimited names of the tables of a model.</summary>
internal sealed class Names(IModel model, ISqlGenerationHelper sql, Type context)
{
    public string Table(Type entity) => sql.DelimitIdentifier(Find(entity).GetTableName()!, Find(entity).GetSchema());

    public string Column(string name) => sql.DelimitIdentifier(name);

    public IEntityType Find(Type entity) => model.FindEntityType(entity)
        ?? throw new InvalidOperationException(
            $"{context.Name} has no table for {entity.Name}. Call modelBuilder.AddMessaging() (and map your sagas) in {context.Name}.OnModelCreating.");
}
