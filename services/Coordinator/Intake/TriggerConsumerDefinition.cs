using LoopBus.Coordinator.Budgets;
using LoopBus.Coordinator.Overload;
using LoopBus.Coordinator.Registry;
using LoopBus.Hosting;
using MassTransit;
using MassTransit.DependencyInjection;

namespace LoopBus.Coordinator.Intake;

/// <summary>The queue trigger: a good trigger is its run's first act, and goes to the run at once; any other message to the consumer.</summary>
internal sealed class TriggerConsumerDefinition : ConsumerDefinition<TriggerConsumer>
{
    public const string Queue = "trigger";

    public TriggerConsumerDefinition() => EndpointName = Queue;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<TriggerConsumer> consumerConfigurator, IRegistrationContext context)
    {
        var reader = context.GetRequiredService<TriggerReader>();
        var loops = context.GetRequiredService<LoopRegistry>();
        var admission = context.GetRequiredService<Admission>();
        var budgets = context.GetRequiredService<DayBudgets>();
        endpointConfigurator.UseRawMessages(message => TriggerConsumer.Act(message, reader, loops, admission, budgets));
        endpointConfigurator.StateMachineSaga(context.GetRequiredService<RunStateMachine>(), new DependencyInjectionSagaRepository<RunState>(context));
    }
}
