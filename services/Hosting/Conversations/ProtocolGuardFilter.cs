using LoopBus.Contracts.Acts;
using LoopBus.Hosting.Failures;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace LoopBus.Hosting.Conversations;

/// <summary>
/// Answers not-understood to a message that can never be legal in the protocol that it says it follows, and counts it. Whether a message is
/// legal now is for whoever keeps the conversation (<see cref="ConversationState"/>).
/// </summary>
internal sealed class ProtocolGuardFilter<T>(string service, string performative, ILogger logger) : IFilter<ConsumeContext<T>>
    where T : class
{
    public async Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        if (ProtocolBreach.Of(performative, context.Acl()) is not { } reason)
        {
            await next.Send(context);
            return;
        }

        NotUnderstoodCount.Counter.Add(1, new("service", service), new("code", reason.Code), new("performative", performative));
        FailureLog.NotUnderstood(logger, reason.Code, reason.Text);
        if (performative != Performative.NotUnderstood)
            await NotUnderstoodAnswer<T>.Say(context, reason);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("protocolGuard");
}
