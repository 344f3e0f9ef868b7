namespace LoopBus.Persistence.Tests.Shop;

internal sealed class Order
{
    public Guid Id { get; init; }
    public long Number { get; set; }
    public required string Text { get; set; }
}
