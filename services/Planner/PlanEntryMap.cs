using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LoopBus.Planner;

internal sealed class PlanEntryMap : IEntityTypeConfiguration<PlanEntry>
{
    public void Configure(EntityTypeBuilder<PlanEntry> entry)
    {
        entry.ToTable("plans");
        entry.HasKey(row => row.Key);
        entry.HasIndex(row => row.TaskId);
        entry.HasIndex(row => row.MadeAt);
        entry.Property(row => row.Key).HasColumnName("key").HasMaxLength(32);
        entry.Property(row => row.TaskId).HasColumnName("task_id").HasMaxLength(200);
        entry.Property(row => row.Attempt).HasColumnName("attempt");
        entry.Property(row => row.Loop).HasColumnName("loop").HasMaxLength(300);
        entry.Property(row => row.Question).HasColumnName("question").HasMaxLength(64);
        entry.Property(row => row.Answer).HasColumnName("answer");
        entry.Property(row => row.MadeAt).HasColumnName("made_at");
        entry.Property(row => row.Verdict).HasColumnName("verdict").HasMaxLength(16);
        entry.Property(row => row.VerdictReason).HasColumnName("verdict_reason");
        entry.Property(row => row.VerdictAt).HasColumnName("verdict_at");
    }
}
