using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LoopBus.Approval.Auditing;

internal sealed class AuditEntryMap : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit");
        builder.Property(entry => entry.Who).HasMaxLength(100);
        builder.Property(entry => entry.What).HasMaxLength(50);
        builder.Property(entry => entry.Subject).HasMaxLength(200);
        builder.Property(entry => entry.Detail).HasMaxLength(4000);
        builder.HasIndex(entry => entry.Subject);
    }
}
