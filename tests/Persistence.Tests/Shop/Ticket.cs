namespace LoopBus.Persistence.Tests.Shop;

/// <summary>A row that counts its turns, so that of two who change it one is told.</summary>
internal sealed class Ticket
{
    public required string Key { get; init; }
    public required string Holder { get; set; }
    public int Turn { get; set; }
    public DateTimeOffset? Until { get; set; }
}
