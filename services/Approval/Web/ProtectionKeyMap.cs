using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LoopBus.Approval.Web;

internal sealed class ProtectionKeyMap : IEntityTypeConfiguration<ProtectionKey>
{
    public void Configure(EntityTypeBuilder<ProtectionKey> builder)
    {
        builder.ToTable("protection_keys");
        builder.Property(key => key.Name).HasMaxLength(200);
    }
}
