using Microsoft.EntityFrameworkCore;

namespace LoopBus.Models;

/// <summary>The journal of model calls in a service's model.</summary>
public static class ModelJournalModel
{
    /// <summary>Maps the journal into the model's default schema.</summary>
    public static ModelBuilder AddModelJournal(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);

        model.Entity<ModelCall>(call =>
        {
            call.ToTable("model_call");
            call.HasKey(row => row.Key);
            call.HasIndex(row => row.TaskId);
            call.HasIndex(row => row.CalledAt);
            call.Property(row => row.Key).HasColumnName("key").HasMaxLength(64);
            call.Property(row => row.TaskId).HasColumnName("task_id").HasMaxLength(200);
            call.Property(row => row.Loop).HasColumnName("loop").HasMaxLength(100);
            call.Property(row => row.Role).HasColumnName("role").HasMaxLength(32);
            call.Property(row => row.Endpoint).HasColumnName("endpoint").HasMaxLength(100);
            call.Property(row => row.Model).HasColumnName("model").HasMaxLength(200);
            call.Property(row => row.Prompt).HasColumnName("prompt");
            call.Property(row => row.Answer).HasColumnName("answer");
            call.Property(row => row.Finish).HasColumnName("finish").HasMaxLength(64);
            call.Property(row => row.InputTokens).HasColumnName("input_tokens");
            call.Property(row => row.OutputTokens).HasColumnName("output_tokens");
            call.Property(row => row.Usd).HasColumnName("usd").HasPrecision(18, 9);
            call.Property(row => row.LatencyMs).HasColumnName("latency_ms");
            call.Property(row => row.CalledAt).HasColumnName("called_at");
        });
        return model;
    }
}
