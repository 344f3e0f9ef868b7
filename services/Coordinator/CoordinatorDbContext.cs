using LoopBus.Coordinator.Budgets;
using LoopBus.Coordinator.History;
using LoopBus.Coordinator.Intake;
using LoopBus.Coordinator.Registry;
using LoopBus.Persistence;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Coordinator;

internal sealed class CoordinatorDbContext(DbContextOptions<CoordinatorDbContext> options) : DbContext(options)
{
    public DbSet<RunState> Runs => Set<RunState>();

    public DbSet<HistoryEntry> History => Set<HistoryEntry>();

    public DbSet<TaskEntry> Tasks => Set<TaskEntry>();

    public DbSet<LoopVersionEntry> LoopVersions => Set<LoopVersionEntry>();

    public DbSet<BudgetRow> Budgets => Set<BudgetRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema("coordinator");
        modelBuilder.AddMessaging();
        modelBuilder.ApplyConfiguration(new RunStateMap());
        modelBuilder.ApplyConfiguration(new BudgetRowMap());
        modelBuilder.Entity<HistoryEntry>(history =>
        {
            history.ToTable("run_history");
            // PostgreSQL keeps the history by months (HistoryMonths): what divides a table belongs to its key.
            if (Database.IsNpgsql())
                history.HasKey(x => new { x.Id, x.At });
            else
                history.HasKey(x => x.Id);
            history.Property(x => x.Id).ValueGeneratedOnAdd();
            history.Property(x => x.TaskId).HasMaxLength(200);
            history.Property(x => x.Direction).HasMaxLength(3);
            history.Property(x => x.Performative).HasMaxLength(32);
            history.Property(x => x.Content).HasMaxLength(64);
            history.Property(x => x.Protocol).HasMaxLength(64);
            history.Property(x => x.InReplyTo).HasMaxLength(200);
            history.Property(x => x.Sender).HasMaxLength(200);
            history.Property(x => x.Receiver).HasMaxLength(200);
            history.HasIndex(x => new { x.TaskId, x.Id });
        });
        modelBuilder.Entity<TaskEntry>(task =>
        {
            task.ToTable("task");
            task.HasKey(x => x.TaskId);
            task.Property(x => x.TaskId).HasMaxLength(200);
        });
        modelBuilder.Entity<LoopVersionEntry>(version =>
        {
            version.ToTable("loop_version");
            version.HasKey(x => x.Hash);
            version.Property(x => x.Hash).HasMaxLength(64);
            version.Property(x => x.Name).HasMaxLength(100);
            version.Property(x => x.Version).HasMaxLength(50);
        });
        modelBuilder.UseSnakeCaseNames();
    }
}
