using LoopBus.Executor.Ledger;
using LoopBus.Persistence;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Executor;

internal sealed class ExecutorDbContext(DbContextOptions<ExecutorDbContext> options) : DbContext(options)
{
    public const string Schema = "executor";

    public DbSet<EffectEntry> Effects => Set<EffectEntry>();

    public DbSet<SegmentHalt> Halts => Set<SegmentHalt>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.AddMessaging();
        modelBuilder.ApplyConfiguration(new EffectEntryMap());
        modelBuilder.ApplyConfiguration(new SegmentHaltMap());
    }
}
