using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LoopBus.Executor.Ledger;

internal sealed class EffectEntryMap : IEntityTypeConfiguration<EffectEntry>
{
    public void Configure(EntityTypeBuilder<EffectEntry> builder)
    {
        // Each row is written again soon: none of the indexes has a column that is changed then, and its page has room, so that no index is written twice.
        builder.ToTable("effect").HasStorageParameter("fillfactor", 70);
        builder.HasKey(entry => entry.Key);
        builder.HasIndex(entry => new { entry.TaskId, entry.StepId });
        builder.HasIndex(entry => entry.IntendedAt);

        builder.Property(entry => entry.Key).HasColumnName("key").HasMaxLength(64);
        builder.Property(entry => entry.TaskId).HasColumnName("task_id").HasMaxLength(200);
        builder.Property(entry => entry.StepId).HasColumnName("step_id").HasMaxLength(200);
        builder.Property(entry => entry.Tool).HasColumnName("tool").HasMaxLength(100);
        builder.Property(entry => entry.ActionHash).HasColumnName("action_hash").HasMaxLength(64);
        builder.Property(entry => entry.State).HasColumnName("state").HasMaxLength(16);
        builder.Property(entry => entry.Attempt).HasColumnName("attempt");
        builder.Property(entry => entry.Fence).HasColumnName("fence").IsConcurrencyToken();
        builder.Property(entry => entry.LeasedUntil).HasColumnName("leased_until");
        builder.Property(entry => entry.Output).HasColumnName("output");
        builder.Property(entry => entry.ReasonCode).HasColumnName("reason_code").HasMaxLength(100);
        builder.Property(entry => entry.ReasonText).HasColumnName("reason_text");
        builder.Property(entry => entry.Retryable).HasColumnName("retryable");
        builder.Property(entry => entry.RuledBy).HasColumnName("ruled_by").HasMaxLength(256);
        builder.Property(entry => entry.RuledAt).HasColumnName("ruled_at");
        builder.Property(entry => entry.IntendedAt).HasColumnName("intended_at");
        builder.Property(entry => entry.SettledAt).HasColumnName("settled_at");
        builder.Ignore(entry => entry.MadeAt);
        builder.Ignore(entry => entry.IsLeft);
        builder.Ignore(entry => entry.OutputJson);
        builder.Ignore(entry => entry.Reason);
    }
}
