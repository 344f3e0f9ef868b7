using System.Text.Json;
using LoopBus.Coordinator.Runs;
using LoopBus.Hosting.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LoopBus.Coordinator;

internal sealed class RunStateMap : IEntityTypeConfiguration<RunState>
{
    public void Configure(EntityTypeBuilder<RunState> run)
    {
        run.ToTable("run");
        run.HasKey(x => x.CorrelationId);
        run.Property(x => x.Version).IsConcurrencyToken();
        run.Property(x => x.CurrentState).HasMaxLength(32);
        run.Property(x => x.TaskId).HasMaxLength(200);
        run.Property(x => x.Loop).HasMaxLength(100);
        run.Property(x => x.LoopVersion).HasMaxLength(50);
        run.Property(x => x.LoopHash).HasMaxLength(64);
        run.Property(x => x.Tenant).HasMaxLength(TenantName.MostLength);
        run.Property(x => x.Document).HasConversion(
            document => JsonSerializer.Serialize(document, JsonSerializerOptions.Web),
            json => JsonSerializer.Deserialize<RunDocument>(json, JsonSerializerOptions.Web)!);
        run.Ignore(x => x.Next);
        run.HasIndex(x => x.TaskId).IsUnique();
        run.HasIndex(x => new { x.CurrentState, x.StartedAt });
        run.HasIndex(x => new { x.Loop, x.StartedAt });
        run.HasIndex(x => x.EndedAt);
        // Where there are no tenants it costs nothing.
        run.HasIndex(x => new { x.Tenant, x.StartedAt }).HasFilter("tenant IS NOT NULL");
    }
}
