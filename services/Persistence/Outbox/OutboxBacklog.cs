using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LoopBus.Persistence.Outbox;

/// <summary>Counts late rows through the index on when a relay may take them; rows that wait for their time are further on in it.</summary>
internal sealed class OutboxBacklog<TContext>(IDbContextFactory<TContext> contexts, TimeProvider time, IOptions<PersistenceOptions> options) : IOutboxBacklog
    where TContext : DbContext
{
    public async Task<int> Late(TimeSpan than, int most, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var (due, visible) = (now - than, now + options.Value.MaxBackoff + options.Value.Lease);
        return await context.Set<OutboxMessage>().Where(row => row.VisibleAt <= visible && row.DueAt <= due)
            .Select(row => row.Position).Take(most).CountAsync(cancellationToken);
    }
}
