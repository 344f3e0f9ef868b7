using LoopBus.Persistence.Rows;
using MassTransit;
using MassTransit.Context;
using MassTransit.Saga;

namespace LoopBus.Persistence.Sagas;

/// <summary>Reads sagas at once and leaves what becomes of them to the unit of work's commit.</summary>
internal sealed class UnitOfWorkSagaContext<TSaga, TMessage>(
    ConsumeContext<TMessage> context, UnitOfWork unit, SagaTable<TSaga> table, ISagaConsumeContextFactory<UnitOfWork, TSaga> factory)
    : ConsumeContextScope<TMessage>(context), SagaRepositoryContext<TSaga, TMessage>
    where TSaga : class, ISaga
    where TMessage : class
{
    public Task<SagaConsumeContext<TSaga, TMessage>> Add(TSaga instance) => Wrap(instance, SagaConsumeContextMode.Add);

    // MassTransit inserts first and reads on failure; here the insert is part of the commit, so an existing saga has to be looked for.
    public async Task<SagaConsumeContext<TSaga, TMessage>?> Insert(TSaga instance) =>
        await Read(instance.CorrelationId) is null ? await Wrap(instance, SagaConsumeContextMode.Add) : null;

    public async Task<SagaConsumeContext<TSaga, TMessage>?> Load(Guid correlationId) =>
        await Read(correlationId) is { } instance ? await Wrap(instance, SagaConsumeContextMode.Load) : null;

    public Task Save(SagaConsumeContext<TSaga> context) => Write(table.Insert(context.Saga));

    public Task Update(SagaConsumeContext<TSaga> context) => Write(table.Update(context.Saga));

    public Task Delete(SagaConsumeContext<TSaga> context) => Write(table.Delete(context.Saga));

    public Task Discard(SagaConsumeContext<TSaga> context) => Task.CompletedTask;

    public Task Undo(SagaConsumeContext<TSaga> context) => Task.CompletedTask;

    public Task<SagaConsumeContext<TSaga, T>> CreateSagaConsumeContext<T>(
        ConsumeContext<T> consumeContext, TSaga instance, SagaConsumeContextMode mode)
        where T : class => factory.CreateSagaConsumeContext(unit, consumeContext, instance, mode);

    private Task<SagaConsumeContext<TSaga, TMessage>> Wrap(TSaga instance, SagaConsumeContextMode mode) =>
        factory.CreateSagaConsumeContext(unit, this, instance, mode);

    // As it is when those that came before are done with it.
    private async Task<TSaga?> Read(Guid saga)
    {
        await unit.Take(table.Turns, table.Lock, saga, CancellationToken);
        return await table.Load(saga, CancellationToken);
    }

    private Task Write(RowWrite write)
    {
        unit.Add(write);
        return Task.CompletedTask;
    }
}
