namespace LoopBus.ModelServer.Scripts;

/// <summary>Why a model stopped.</summary>
public enum Finish
{
    Stop,
    Length,
    Refusal,
    ToolCalls,
}
