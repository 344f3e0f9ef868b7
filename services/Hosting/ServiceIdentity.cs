namespace LoopBus.Hosting;

/// <summary>Who this process is on the bus: the sender of its messages, and the name of its queue.</summary>
public sealed record ServiceIdentity(string Name);
