using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LoopBus.Coordinator.Budgets;

internal sealed class BudgetRowMap : IEntityTypeConfiguration<BudgetRow>
{
    public void Configure(EntityTypeBuilder<BudgetRow> row)
    {
        row.ToTable("budget");
        row.HasKey(x => new { x.Day, x.Scope });
        row.Property(x => x.Scope).HasMaxLength(BudgetScope.MostLength);
        row.Property(x => x.SpentUsd).HasPrecision(24, 9);
        row.Property(x => x.ReservedUsd).HasPrecision(24, 9);
        row.Property(x => x.LimitUsd).HasPrecision(24, 9);
        row.Ignore(x => x.AsLastSeen);
        row.Ignore(x => x.IsUsedUp);
    }
}
