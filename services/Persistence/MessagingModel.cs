using LoopBus.Persistence.Inbox;
using LoopBus.Persistence.Outbox;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Persistence;

/// <summary>The inbox and outbox tables in a service's model.</summary>
public static class MessagingModel
{
    /// <summary>Maps the inbox and the outbox into the model's default schema.</summary>
    public static ModelBuilder AddMessaging(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);

        model.Entity<InboxMessage>(inbox =>
        {
            inbox.ToTable("inbox");
            inbox.HasKey(row => new { row.MessageId, row.Queue });
            inbox.HasIndex(row => row.ConsumedAt);
            inbox.Property(row => row.MessageId).HasColumnName("message_id").ValueGeneratedNever();
            inbox.Property(row => row.Queue).HasColumnName("queue").HasMaxLength(255);
            inbox.Property(row => row.UnitId).HasColumnName("unit_id");
            inbox.Property(row => row.ConsumedAt).HasColumnName("consumed_at");
        });
        model.Entity<OutboxMessage>(outbox =>
        {
            outbox.ToTable("outbox");
            outbox.HasKey(row => new { row.UnitId, row.Position });
            outbox.HasIndex(row => row.VisibleAt);
            outbox.Ignore(row => row.Said);
            outbox.Ignore(row => row.IsWithdrawn);
            outbox.Ignore(row => row.IsDelayed);
            outbox.Property(row => row.UnitId).HasColumnName("unit_id").ValueGeneratedNever();
            outbox.Property(row => row.Position).HasColumnName("position").ValueGeneratedNever();
            outbox.Property(row => row.CreatedAt).HasColumnName("created_at");
            outbox.Property(row => row.DueAt).HasColumnName("due_at");
            outbox.Property(row => row.VisibleAt).HasColumnName("visible_at");
            outbox.Property(row => row.MessageId).HasColumnName("message_id");
            outbox.Property(row => row.MessageType).HasColumnName("message_type").HasMaxLength(1024);
            outbox.Property(row => row.Destination).HasColumnName("destination").HasMaxLength(2048);
            outbox.Property(row => row.Envelope).HasColumnName("envelope");
            outbox.Property(row => row.Body).HasColumnName("body");
            outbox.Property(row => row.Attempts).HasColumnName("attempts");
            outbox.Property(row => row.LastError).HasColumnName("last_error").HasMaxLength(2000);
        });
        return model;
    }
}
