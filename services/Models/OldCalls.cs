using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Models;

/// <summary>Retention of the journal of model calls.</summary>
internal static class OldCalls
{
    public static Task<int> Remove<TContext>(IServiceProvider scope, DateTimeOffset before, int limit, CancellationToken cancellationToken)
        where TContext : DbContext =>
        scope.GetRequiredService<TContext>().Set<ModelCall>()
            .Where(call => call.CalledAt < before).OrderBy(call => call.CalledAt).Take(limit).ExecuteDeleteAsync(cancellationToken);
}
