using LoopBus.Approval.Auditing;
using LoopBus.Approval.DeadLetters;
using LoopBus.Approval.Operators;
using LoopBus.Approval.Questions;
using LoopBus.Approval.Web;
using LoopBus.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Approval;

/// <summary>All that the service keeps: operators, questions and votes, dead letters, the audit, and the keys of its cookies.</summary>
internal sealed class ApprovalDbContext(DbContextOptions<ApprovalDbContext> options) : IdentityUserContext<Operator, Guid>(options)
{
    public const string Schema = "approval";

    public DbSet<Question> Questions => Set<Question>();

    public DbSet<DeadLetter> DeadLetters => Set<DeadLetter>();

    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDefaultSchema(Schema);
        builder.ApplyConfigurationsFromAssembly(typeof(ApprovalDbContext).Assembly);
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("operator_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("operator_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("operator_tokens");
        builder.UseSnakeCase();
        builder.AddMessaging();
    }
}
