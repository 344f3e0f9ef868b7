using LoopBus.Persistence.Sagas;
using MassTransit;
using MassTransit.Configuration;
using MassTransit.Saga;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LoopBus.Persistence;

/// <summary>Sagas stored by the unit of work.</summary>
public static class SagaRegistration
{
    /// <summary>
    /// Stores the saga in its EF-mapped table of <typeparamref name="TContext"/>, guarded by its <c>int Version</c>; its endpoint needs
    /// UseUnitOfWork.
    /// </summary>
    public static void UnitOfWorkRepository<TContext>(this ISagaRegistrationConfigurator saga)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(saga);
        var typed = saga.GetType().GetInterfaces()
            .Single(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ISagaRegistrationConfigurator<>));
        typeof(SagaRegistration).GetMethod(nameof(Register), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(typeof(TContext), typed.GetGenericArguments()[0])
            .Invoke(null, [saga]);
    }

    private static void Register<TContext, TSaga>(ISagaRegistrationConfigurator<TSaga> saga)
        where TContext : DbContext
        where TSaga : class, ISaga =>
        saga.Repository(repository =>
        {
            repository.TryAddSingleton<SagaTable<TSaga>>();
            repository.RegisterSagaRepository<TSaga, UnitOfWork, SagaConsumeContextFactory<UnitOfWork, TSaga>, UnitOfWorkSagaContextFactory<TContext, TSaga>>();
        });
}
