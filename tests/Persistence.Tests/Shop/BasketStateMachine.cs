using MassTransit;

namespace LoopBus.Persistence.Tests.Shop;

internal sealed class BasketStateMachine : MassTransitStateMachine<Basket>
{
    public BasketStateMachine()
    {
        InstanceState(basket => basket.CurrentState);
        Event(() => ItemAdded, added => added.CorrelateById(context => context.Message.BasketId));
        Event(() => CheckedOut, checkedOut => checkedOut.CorrelateById(context => context.Message.BasketId));
        Initially(When(ItemAdded).Then(Open).Then(Fill).Publish(Added).TransitionTo(Filling));
        During(Filling, When(ItemAdded).Then(Fill).Publish(Added), When(CheckedOut).Finalize());
        SetCompletedWhenFinalized();
    }

    public State Filling { get; } = null!;

    public Event<AddItem> ItemAdded { get; } = null!;

    public Event<CheckOut> CheckedOut { get; } = null!;

    private static void Open(BehaviorContext<Basket, AddItem> context)
    {
        context.Saga.OpenedAt = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        context.Saga.Size = Size.Large;
        context.Saga.Document = """{"note": "fragile"}""";
        context.Saga.Weight = 5_000_000_000;
        context.Saga.Price = 12.50m;
        context.Saga.Owner = context.Saga.CorrelationId;
        context.Saga.Gift = true;
        context.Saga.Patience = TimeSpan.FromMinutes(90);
    }

    private static void Fill(BehaviorContext<Basket, AddItem> context)
    {
        context.Saga.Count++;
        context.Saga.Items.Add(context.Message.Item);
    }

    private static ItemAdded Added(BehaviorContext<Basket, AddItem> context) => new(context.Saga.CorrelationId, context.Saga.Count);
}
