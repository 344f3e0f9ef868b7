using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LoopBus.Planner.Memories;

internal sealed class MemoryMap : IEntityTypeConfiguration<Memory>
{
    public void Configure(EntityTypeBuilder<Memory> memory)
    {
        memory.ToTable("memories");
        memory.HasKey(row => row.Id);
        memory.HasIndex(row => new { row.Scope, row.Kind, row.Key, row.LearnedAt });
        memory.HasIndex(row => new { row.Scope, row.LearnedAt });
        memory.HasIndex(row => new { row.Scope, row.UsedAt });
        memory.Property(row => row.Id).HasColumnName("id").HasMaxLength(32);
        memory.Property(row => row.Scope).HasColumnName("scope").HasMaxLength(MemoryText.MostOfScope);
        memory.Property(row => row.Kind).HasColumnName("kind").HasMaxLength(16);
        memory.Property(row => row.Key).HasColumnName("key").HasMaxLength(MemoryText.MostOfKey);
        memory.Property(row => row.Text).HasColumnName("text");
        memory.Property(row => row.Words).HasColumnName("words");
        memory.Property(row => row.TaskId).HasColumnName("task_id").HasMaxLength(200);
        memory.Property(row => row.Loop).HasColumnName("loop").HasMaxLength(300);
        memory.Property(row => row.Source).HasColumnName("source").HasMaxLength(MemoryText.MostOfName);
        memory.Property(row => row.By).HasColumnName("said_by").HasMaxLength(MemoryText.MostOfName);
        memory.Property(row => row.LearnedAt).HasColumnName("learned_at").IsConcurrencyToken();
        memory.Property(row => row.UsedAt).HasColumnName("used_at");
        memory.Property(row => row.Recalled).HasColumnName("recalled");
        memory.Property(row => row.Embedding).HasColumnName("embedding");
        memory.Property(row => row.EmbeddingModel).HasColumnName("embedding_model").HasMaxLength(200);
    }
}
