namespace LoopBus.Approval.Auditing;

/// <summary>Adds a line to the audit, saved with whatever else the scope's DbContext saves.</summary>
internal sealed class Audit(ApprovalDbContext db, TimeProvider clock)
{
    public void Add(string who, string what, string? subject = null, string? detail = null) =>
        db.Audit.Add(new AuditEntry { At = clock.GetUtcNow(), Who = who, What = what, Subject = subject, Detail = Cut(detail) });

    /// <summary>For what happened without any other change.</summary>
    public Task Save(string who, string what, string? subject, string? detail, CancellationToken cancellationToken)
    {
        Add(who, what, subject, detail);
        return db.SaveChangesAsync(cancellationToken);
    }

    private static string? Cut(string? detail) => detail?.Length > 4000 ? detail[..4000] : detail;
}
