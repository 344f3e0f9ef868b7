using MassTransit;
using MassTransit.Saga;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Persistence.Sagas;

/// <summary>Gives MassTransit's saga pipeline the sagas of the message's unit of work.</summary>
internal sealed class UnitOfWorkSagaContextFactory<TContext, TSaga>(
    UnitOfWork unit, SagaTable<TSaga> table, ISagaConsumeContextFactory<UnitOfWork, TSaga> factory, IServiceProvider services)
    : ISagaRepositoryContextFactory<TSaga>
    where TContext : DbContext
    where TSaga : class, ISaga
{
    public Task Send<T>(ConsumeContext<T> context, IPipe<SagaRepositoryContext<TSaga, T>> next)
        where T : class => next.Send(CreateContext(context));

    public async Task SendQuery<T>(ConsumeContext<T> context, ISagaQuery<TSaga> query, IPipe<SagaRepositoryQueryContext<TSaga, T>> next)
        where T : class
    {
        var found = await services.GetRequiredService<TContext>().Set<TSaga>().AsNoTracking()
            .Where(query.FilterExpression).ToListAsync(context.CancellationToken);
        await next.Send(new LoadedSagaRepositoryQueryContext<TSaga, T>(CreateContext(context), found));
    }

    public void Probe(ProbeContext context) => context.Add("persistence", "unitOfWork");

    private UnitOfWorkSagaContext<TSaga, T> CreateContext<T>(ConsumeContext<T> context)
        where T : class =>
        unit.IsConsuming
            ? new UnitOfWorkSagaContext<TSaga, T>(context, unit, table, factory)
            : throw new InvalidOperationException(
                $"{typeof(TSaga).Name} is stored by a unit of work and endpoint {context.ReceiveContext.InputAddress} has none: "
                + $"configure endpoint.UseUnitOfWork<{typeof(TContext).Name}>(context) on it.");
}
