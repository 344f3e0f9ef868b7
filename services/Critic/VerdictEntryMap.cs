using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LoopBus.Critic;

internal sealed class VerdictEntryMap : IEntityTypeConfiguration<VerdictEntry>
{
    public void Configure(EntityTypeBuilder<VerdictEntry> entry)
    {
        entry.ToTable("verdicts");
        entry.HasKey(row => row.Key);
        entry.HasIndex(row => row.TaskId);
        entry.HasIndex(row => row.JudgedAt);
        entry.Property(row => row.Key).HasColumnName("key").HasMaxLength(32);
        entry.Property(row => row.TaskId).HasColumnName("task_id").HasMaxLength(200);
        entry.Property(row => row.Subject).HasColumnName("subject").HasMaxLength(200);
        entry.Property(row => row.Attempt).HasColumnName("attempt");
        entry.Property(row => row.Question).HasColumnName("question").HasMaxLength(64);
        entry.Property(row => row.Holds).HasColumnName("holds");
        entry.Property(row => row.Answer).HasColumnName("answer");
        entry.Property(row => row.JudgedAt).HasColumnName("judged_at");
    }
}
