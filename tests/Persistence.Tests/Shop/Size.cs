namespace LoopBus.Persistence.Tests.Shop;

internal enum Size
{
    Small,
    Large,
}
