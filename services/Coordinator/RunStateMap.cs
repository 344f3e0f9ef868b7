using System.Text.Json;
using System.Text.Json.Serialization;
using LoopBus.Coordinator.Runs;
using LoopBus.Hosting.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LoopBus.Coordinator;

internal sealed class RunStateMap : IEntityTypeConfiguration<RunState>
{
    // A step of an ordinary run leaves most of what may be said of it unsaid.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

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
            document => JsonSerializer.Serialize(document, Json),
            json => JsonSerializer.Deserialize<RunDocument>(json, Json)!);
        run.Ignore(x => x.Next);
        run.HasIndex(x => x.TaskId).IsUnique();
        run.HasIndex(x => new { x.CurrentState, x.StartedAt });
        run.HasIndex(x => new { x.Loop, x.StartedAt });
        run.HasIndex(x => x.EndedAt);
        // Where there are no tenants it costs nothing.
        run.HasIndex(x => new { x.Tenant, x.StartedAt }).HasFilter("tenant IS NOT NULL");
    }
}
