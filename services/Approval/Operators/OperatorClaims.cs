using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LoopBus.Approval.Operators;

/// <summary>Puts the operator's role, and the duty to change the password, into the signed-in identity.</summary>
internal sealed class OperatorClaims(UserManager<Operator> operators, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Operator>(operators, options)
{
    public const string MustChangePassword = "loopbus:must-change-password";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Operator user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(ClaimTypes.Role, user.Role));
        if (user.MustChangePassword)
            identity.AddClaim(new Claim(MustChangePassword, "true"));
        return identity;
    }
}
