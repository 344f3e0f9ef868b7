using LoopBus.Models;
using LoopBus.Persistence;
using LoopBus.Planner.Memories;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Planner;

/// <summary>The planner's schema: the journals of plans and of model calls, memories, inbox and outbox.</summary>
internal sealed class PlannerDbContext(DbContextOptions<PlannerDbContext> options) : DbContext(options)
{
    public const string Schema = "planner";

    public DbSet<PlanEntry> Plans => Set<PlanEntry>();

    public DbSet<Memory> Memories => Set<Memory>();

    public DbSet<RecallEntry> Recalls => Set<RecallEntry>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.ApplyConfiguration(new PlanEntryMap());
        modelBuilder.ApplyConfiguration(new MemoryMap());
        modelBuilder.ApplyConfiguration(new RecallEntryMap());
        modelBuilder.AddModelJournal();
        modelBuilder.AddMessaging();
    }
}
