using MassTransit;

namespace LoopBus.Persistence;

/// <summary>
/// Sees each message that goes into and out of a unit of work, before it commits: what an observer adds to the scope's DbContext or enlists is
/// part of the same transaction. Register it scoped; calls of one unit of work never overlap.
/// </summary>
public interface IMessageObserver
{
    /// <summary>A message is about to be handled for the first time (a known duplicate is not shown).</summary>
    void Consumed(ConsumeContext context, object message);

    /// <summary>A message was sent, published or answered with; its headers and ids are final.</summary>
    void Sent(SendContext context, object message);
}
