namespace LoopBus.ModelServer.Wire;

/// <summary>A request that the API would refuse.</summary>
internal sealed class FaultException(Fault fault) : Exception(fault.Message)
{
    public Fault Fault => fault;
}
