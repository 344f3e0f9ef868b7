using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LoopBus.Approval.Questions;

internal sealed class VoteMap : IEntityTypeConfiguration<Vote>
{
    public void Configure(EntityTypeBuilder<Vote> builder)
    {
        builder.ToTable("votes");
        builder.Property(vote => vote.By).HasMaxLength(100);
        builder.Property(vote => vote.Comment).HasMaxLength(4000);
        builder.HasIndex(vote => new { vote.QuestionId, vote.OperatorId }).IsUnique();
    }
}
