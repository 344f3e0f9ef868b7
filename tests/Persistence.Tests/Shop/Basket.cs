using MassTransit;

namespace LoopBus.Persistence.Tests.Shop;

/// <summary>A saga with one column of each kind that a service's saga may have.</summary>
internal sealed class Basket : SagaStateMachineInstance
{
    public Guid CorrelationId { get; set; }
    public int Version { get; set; }
    public string CurrentState { get; set; } = "";
    public int Count { get; set; }
    public Size Size { get; set; }
    public DateTimeOffset? OpenedAt { get; set; }
    public List<string> Items { get; set; } = [];
    public string? Document { get; set; }
    public long Weight { get; set; }
    public decimal? Price { get; set; }
    public Guid? Owner { get; set; }
    public bool Gift { get; set; }
    public TimeSpan? Patience { get; set; }
}
