namespace LoopBus.Hosting.Tests;

/// <summary>For which tasks a consumer fails now.</summary>
internal sealed class Breakage
{
    public Func<string, bool> Breaks { get; set; } = _ => false;
}
