using MassTransit;
using Microsoft.Extensions.Options;

namespace LoopBus.Critic;

internal sealed class JudgeResultConsumerDefinition : ConsumerDefinition<JudgeResultConsumer>
{
    public JudgeResultConsumerDefinition(IOptions<CriticOptions> options)
    {
        EndpointName = "critic";
        ConcurrentMessageLimit = options.Value.Concurrency;
    }
}
