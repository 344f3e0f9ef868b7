namespace LoopBus.Executor.Tools;

/// <summary>A tool that reaches out of this machine: its calls go through a bulkhead and a breaker, one of each per target.</summary>
internal interface IRemote
{
    /// <returns>What fails together, such as a host and port.</returns>
    string Target(ToolCall call);
}
