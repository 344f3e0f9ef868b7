using Microsoft.AspNetCore.Identity;

namespace LoopBus.Approval.Operators;

/// <summary>A person who may sign in.</summary>
internal sealed class Operator : IdentityUser<Guid>
{
    public required string Role { get; set; }

    public bool Disabled { get; set; }

    /// <summary>Set while the password is one that an admin made and saw.</summary>
    public bool MustChangePassword { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? SignedInAt { get; set; }
}
