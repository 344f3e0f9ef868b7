using LoopBus.Persistence;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Hosting.Tests.Outbox;

public sealed class OutboxDbContext(DbContextOptions<OutboxDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema("hosting");
        modelBuilder.AddMessaging();
    }
}
