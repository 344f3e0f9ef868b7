using MassTransit;
using Microsoft.Extensions.Logging;

namespace LoopBus.Hosting.Failures;

/// <summary>Puts a message's run, conversation and performative into every log line of its consumer.</summary>
internal sealed class ConsumeScopeFilter(ILogger<ConsumeScopeFilter> logger) : IFilter<ConsumeContext>
{
    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        using (logger.BeginScope(new MessageScope(context.Acl())))
            await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("logScope");
}
