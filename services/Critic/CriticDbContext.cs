using LoopBus.Persistence;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Critic;

/// <summary>The critic's schema: the journal of verdicts, inbox and outbox.</summary>
internal sealed class CriticDbContext(DbContextOptions<CriticDbContext> options) : DbContext(options)
{
    public const string Schema = "critic";

    public DbSet<VerdictEntry> Verdicts => Set<VerdictEntry>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.ApplyConfiguration(new VerdictEntryMap());
        modelBuilder.AddMessaging();
    }
}
