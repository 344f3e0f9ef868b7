namespace LoopBus.Hosting;

/// <summary>The act that a raw message stands for, with the parameters that its sender knew nothing of; it is consumed in the message's place, and is a payload of the context then.</summary>
public sealed record ForeignAct(object Act, AclParameters Parameters);
