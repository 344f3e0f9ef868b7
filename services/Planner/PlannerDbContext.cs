using LoopBus.Models;
using LoopBus.Persistence;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Planner;

/// <summary>The planner's schema: the journals of plans and of model calls, inbox and outbox.</summary>
internal sealed class PlannerDbContext(DbContextOptions<PlannerDbContext> options) : DbContext(options)
{
    public const string Schema = "planner";

    public DbSet<PlanEntry> Plans => Set<PlanEntry>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.ApplyConfiguration(new PlanEntryMap());
        modelBuilder.AddModelJournal();
        modelBuilder.AddMessaging();
    }
}
