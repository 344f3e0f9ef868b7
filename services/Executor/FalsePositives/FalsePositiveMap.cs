using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LoopBus.Executor.FalsePositives;

internal sealed class FalsePositiveMap : IEntityTypeConfiguration<FalsePositive>
{
    public void Configure(EntityTypeBuilder<FalsePositive> builder)
    {
        builder.ToTable("false_positive");
        builder.HasKey(row => row.Key);
        builder.HasIndex(row => row.RejectedAt);

        builder.Property(row => row.Key).HasColumnName("key").HasMaxLength(32);
        builder.Property(row => row.Repository).HasColumnName("repository");
        builder.Property(row => row.Rule).HasColumnName("rule").HasMaxLength(200);
        builder.Property(row => row.File).HasColumnName("file");
        builder.Property(row => row.Evidence).HasColumnName("evidence");
        builder.Property(row => row.TaskId).HasColumnName("task_id").HasMaxLength(200);
        builder.Property(row => row.RejectedBy).HasColumnName("rejected_by").HasMaxLength(400);
        builder.Property(row => row.RejectedAt).HasColumnName("rejected_at");
    }
}
