using LoopBus.Executor.FalsePositives;
using LoopBus.Executor.Ledger;
using LoopBus.Models;
using LoopBus.Persistence;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Executor;

internal sealed class ExecutorDbContext(DbContextOptions<ExecutorDbContext> options) : DbContext(options)
{
    public const string Schema = "executor";

    public DbSet<EffectEntry> Effects => Set<EffectEntry>();

    public DbSet<SegmentHalt> Halts => Set<SegmentHalt>();

    public DbSet<FalsePositive> FalsePositives => Set<FalsePositive>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.AddMessaging();
        modelBuilder.AddModelJournal();
        modelBuilder.ApplyConfiguration(new EffectEntryMap());
        modelBuilder.ApplyConfiguration(new SegmentHaltMap());
        modelBuilder.ApplyConfiguration(new FalsePositiveMap());
    }
}
