using LoopBus.Contracts.Acts;
using MassTransit;
using MassTransit.Configuration;
using Microsoft.Extensions.Logging;

namespace LoopBus.Hosting.Conversations;

/// <summary>Puts the guard before the consumers of every act of an endpoint.</summary>
internal sealed class ProtocolGuard : ConfigurationObserver, IMessageConfigurationObserver
{
    private readonly string _service;
    private readonly ILogger _logger;

    private ProtocolGuard(IConsumePipeConfigurator endpoint, string service, ILogger logger)
        : base(endpoint)
    {
        _service = service;
        _logger = logger;
        Connect(this);
    }

    public static void Use(IConsumePipeConfigurator endpoint, string service, ILogger logger) => _ = new ProtocolGuard(endpoint, service, logger);

    public void MessageConfigured<TMessage>(IConsumePipeConfigurator configurator)
        where TMessage : class
    {
        if (Performative.Of(typeof(TMessage)) is { } performative)
            configurator.AddPipeSpecification(new FilterPipeSpecification<ConsumeContext<TMessage>>(new ProtocolGuardFilter<TMessage>(_service, performative, _logger)));
    }
}
