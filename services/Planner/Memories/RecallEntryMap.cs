using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LoopBus.Planner.Memories;

internal sealed class RecallEntryMap : IEntityTypeConfiguration<RecallEntry>
{
    public void Configure(EntityTypeBuilder<RecallEntry> entry)
    {
        entry.ToTable("recalls");
        entry.HasKey(row => row.Key);
        entry.HasIndex(row => row.TaskId);
        entry.HasIndex(row => row.RecalledAt);
        entry.Property(row => row.Key).HasColumnName("key").HasMaxLength(32);
        entry.Property(row => row.TaskId).HasColumnName("task_id").HasMaxLength(200);
        entry.Property(row => row.Scope).HasColumnName("scope").HasMaxLength(MemoryText.MostOfScope);
        entry.Property(row => row.Memories).HasColumnName("memories");
        entry.Property(row => row.RecalledAt).HasColumnName("recalled_at");
    }
}
