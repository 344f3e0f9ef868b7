namespace LoopBus.Hosting;

/// <summary>A message to those who know nothing of MassTransit: its body goes out as it is, in no envelope.</summary>
public sealed record PlainMessage(string ContentType, ReadOnlyMemory<byte> Body);
