using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LoopBus.Executor.Ledger;

internal sealed class SegmentHaltMap : IEntityTypeConfiguration<SegmentHalt>
{
    public void Configure(EntityTypeBuilder<SegmentHalt> builder)
    {
        builder.ToTable("halt");
        builder.HasKey(halt => halt.ConversationId);

        builder.Property(halt => halt.ConversationId).HasColumnName("conversation_id").ValueGeneratedNever();
        builder.Property(halt => halt.TaskId).HasColumnName("task_id").HasMaxLength(200);
        builder.Property(halt => halt.Reason).HasColumnName("reason");
        builder.Property(halt => halt.HaltedAt).HasColumnName("halted_at");
    }
}
