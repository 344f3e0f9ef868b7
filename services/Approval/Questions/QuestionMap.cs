using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LoopBus.Approval.Questions;

internal sealed class QuestionMap : IEntityTypeConfiguration<Question>
{
    public void Configure(EntityTypeBuilder<Question> builder)
    {
        builder.ToTable("questions");
        builder.Property(question => question.Id).ValueGeneratedNever();
        builder.Property(question => question.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(question => question.Status).HasConversion<string>().HasMaxLength(20);
        builder.Property(question => question.Effect).HasConversion<string>().HasMaxLength(20);
        builder.Property(question => question.BlastRadius).HasConversion<string>().HasMaxLength(20);
        builder.Property(question => question.TaskId).HasMaxLength(200);
        builder.Property(question => question.StepId).HasMaxLength(200);
        builder.Property(question => question.Loop).HasMaxLength(200);
        builder.Property(question => question.Tool).HasMaxLength(200);
        builder.Property(question => question.ActionHash).HasMaxLength(100);
        builder.Property(question => question.Version).IsConcurrencyToken();
        builder.ComplexProperty(question => question.Conversation, conversation =>
        {
            conversation.Property(c => c.Protocol).HasMaxLength(100);
            conversation.Property(c => c.ReplyWith).HasMaxLength(200);
            conversation.Property(c => c.Asker).HasMaxLength(200);
        });
        builder.Ignore(question => question.Accepted);
        builder.Ignore(question => question.EditedArguments);
        builder.HasMany(question => question.Votes).WithOne().HasForeignKey(vote => vote.QuestionId);
        builder.HasIndex(question => new { question.Status, question.ExpiresAt });
        builder.HasIndex(question => question.TaskId);
    }
}
