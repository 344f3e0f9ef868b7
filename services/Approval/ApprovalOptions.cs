using System.ComponentModel.DataAnnotations;

namespace LoopBus.Approval;

/// <summary>The service's limits (section LoopBus:Approval).</summary>
internal sealed class ApprovalOptions
{
    public const string Section = "LoopBus:Approval";

    /// <summary>Sign-in attempts a minute from one address.</summary>
    [Range(1, 100_000)]
    public int SignInsPerMinute { get; set; } = 20;

    /// <summary>Wrong passwords until an operator is locked out, and for how long.</summary>
    [Range(1, 100)]
    public int FailuresToLockOut { get; set; } = 5;

    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan LockOut { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Rounds of PBKDF2-HMAC-SHA512 for a password's hash. OWASP's Password Storage Cheat Sheet asks for 210,000, NIST SP 800-63B 5.1.1.2 for at least 10,000.
    /// A hash of fewer is made anew when its owner signs in.
    /// </summary>
    [Range(10_000, 10_000_000)]
    public int PasswordRounds { get; set; } = 210_000;

    /// <summary>How long a session lasts without a page being asked for.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan Session { get; set; } = TimeSpan.FromHours(8);

    /// <summary>How long the executor may use a grant after the decision.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan GrantLifetime { get; set; } = TimeSpan.FromHours(24);

    [Range(1, 500)]
    public int PageSize { get; set; } = 25;

    /// <summary>How many messages a search for one dead letter's copy takes out of the queue before it gives up.</summary>
    [Range(1, 1_000_000)]
    public int DeadLetterScan { get; set; } = 5000;
}
