using LoopBus.Models;
using LoopBus.Persistence;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Critic;

/// <summary>The critic's schema: the journals of verdicts and of model calls, inbox and outbox.</summary>
internal sealed class CriticDbContext(DbContextOptions<CriticDbContext> options) : DbContext(options)
{
    public const string Schema = "critic";

    public DbSet<VerdictEntry> Verdicts => Set<VerdictEntry>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.ApplyConfiguration(new VerdictEntryMap());
        modelBuilder.AddModelJournal();
        modelBuilder.AddMessaging();
    }
}
