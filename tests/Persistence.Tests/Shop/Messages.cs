namespace LoopBus.Persistence.Tests.Shop;

public sealed record PlaceOrder(Guid OrderId, string Text);

public sealed record OrderPlaced(Guid OrderId);

public sealed record AddItem(Guid BasketId, string Item);

public sealed record ItemAdded(Guid BasketId, int Count);

public sealed record CheckOut(Guid BasketId);

public sealed record RemindLater(Guid OrderId);
