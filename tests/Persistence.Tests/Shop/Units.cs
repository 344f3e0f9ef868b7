using LoopBus.Persistence.Groups;
using LoopBus.Persistence.Inbox;
using LoopBus.Persistence.Rows;
using LoopBus.Persistence.Sagas;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Persistence.Tests.Shop;

/// <summary>Units of work made by hand, so that a test decides which of them share a transaction.</summary>
internal sealed class Units(IServiceProvider services)
{
    public const string Queue = "units";

    /// <summary>A text that PostgreSQL refuses, whatever the column, and SQL Server by a constraint of <see cref="ShopDbContext"/>.</summary>
    public const string Poison = "\0";

    private readonly RowTable<InboxMessage> inbox = services.GetRequiredService<RowTable<InboxMessage>>();
    private readonly RowTable<Order> orders = services.GetRequiredService<RowTable<Order>>();

    public SagaTable<Basket> Baskets { get; } = ActivatorUtilities.CreateInstance<SagaTable<Basket>>(services);

    /// <summary>A message that places an order of that text, and writes a basket or none.</summary>
    public Unit Of(Guid message, string text, params RowWrite[] more)
    {
        var consumed = new InboxMessage { MessageId = message, Queue = Queue, UnitId = Guid.NewGuid(), ConsumedAt = TimeProvider.System.GetUtcNow() };
        return new Unit(inbox.Insert(consumed), [orders.Append(new Order { Id = Guid.NewGuid(), Text = text }), .. more], notifies: false);
    }

    /// <summary>A change of a basket as it was read.</summary>
    public RowWrite Fill(Guid basket, int version) =>
        Baskets.Update(new Basket { CorrelationId = basket, Version = version, CurrentState = "Filling", Count = version + 1 });

    public RowWrite Begin(Guid basket) => Baskets.Insert(new Basket { CorrelationId = basket, CurrentState = "Filling" });

    /// <summary>Writes them together.</summary>
    public async Task Write(params Unit[] units)
    {
        await services.GetRequiredService<GroupWriter>().Write(units);
        foreach (var unit in units)
            unit.End();
    }

    /// <summary>Commits them as messages do: each by itself, all at once.</summary>
    public Task Commit(IEnumerable<Unit> units) => Task.WhenAll(units.Select(Commit));

    private async Task Commit(Unit unit)
    {
        try
        {
            await services.GetRequiredService<GroupCommitter>().Commit(unit, CancellationToken.None);
        }
        catch (Exception exception) when (ReferenceEquals(exception, unit.Outcome.Exception?.InnerException))
        {
            // The unit keeps it.
        }
    }
}
