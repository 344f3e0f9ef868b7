using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LoopBus.Approval.DeadLetters;

internal sealed class DeadLetterMap : IEntityTypeConfiguration<DeadLetter>
{
    public void Configure(EntityTypeBuilder<DeadLetter> builder)
    {
        builder.ToTable("dead_letters");
        builder.Property(letter => letter.Id).ValueGeneratedNever();
        builder.Property(letter => letter.Status).HasConversion<string>().HasMaxLength(20);
        builder.Property(letter => letter.Queue).HasMaxLength(255);
        builder.Property(letter => letter.Reason).HasMaxLength(100);
        builder.Property(letter => letter.TaskId).HasMaxLength(200);
        builder.Property(letter => letter.MessageId).HasMaxLength(255);
        builder.Property(letter => letter.MessageType).HasMaxLength(255);
        builder.Property(letter => letter.BodyHash).HasMaxLength(64);
        builder.Property(letter => letter.AnsweredWith).HasMaxLength(30);
        builder.Property(letter => letter.ClosedBy).HasMaxLength(100);
        builder.Property(letter => letter.Version).IsConcurrencyToken();
        builder.HasIndex(letter => new { letter.Status, letter.ReceivedAt });
        builder.HasIndex(letter => new { letter.MessageId, letter.Queue });
        builder.HasIndex(letter => letter.TaskId);
    }
}
