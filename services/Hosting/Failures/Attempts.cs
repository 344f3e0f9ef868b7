namespace LoopBus.Hosting.Failures;

/// <summary>How often a received message was tried in this process.</summary>
internal sealed class Attempts
{
    public int Count { get; set; } = 1;
}
