using LoopBus.Persistence.Database;
using LoopBus.Persistence.Inbox;
using LoopBus.Persistence.Outbox;
using LoopBus.Persistence.Rows;
using LoopBus.Persistence.Sagas;
using LoopBus.Persistence.Tests.Shop;
using LoopBus.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace LoopBus.Persistence.Tests;

public sealed class When_databases_differ
{
    [Fact]
    public void Should_show_all_that_differs()
    {
        var shown = Enum.GetValues<DatabaseProvider>().Select(provider =>
        {
            var dialect = PersistenceRegistration.Dialect(provider, "Server=none");
            var options = new DbContextOptionsBuilder<ShopDbContext>();
            PersistenceRegistration.Configure(options, dialect, provider, "shop");
            using var shop = new ShopDbContext(options.Options);
            var names = new Names(shop.Model, shop.GetService<ISqlGenerationHelper>(), typeof(ShopDbContext));
            return string.Join("\n\n", [
                dialect.GetType().Name,
                .. new RowTable<InboxMessage>(dialect, names).Statements,
                .. new RowTable<OutboxMessage>(dialect, names).Statements,
                .. new SagaTable<Basket>(dialect, names, TimeProvider.System).Statements,
                dialect.Claim("t", "unit_id, position", ofUnit: false),
                dialect.Claim("t", "unit_id, position", ofUnit: true),
                dialect.DeleteOlder("t", "c"),
                dialect.InTransaction("UPDATE t SET c = 1"),
                dialect.Notify("loopbus_shop") ?? "(no notify)"]);
        });

        ApprovedText.Check("Dialects", string.Join("\n\n", shown));
    }
}
