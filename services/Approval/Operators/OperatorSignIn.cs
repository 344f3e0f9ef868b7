using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LoopBus.Approval.Operators;

/// <summary>Identity's sign-in, which also turns disabled operators away.</summary>
internal sealed class OperatorSignIn(
    UserManager<Operator> operators,
    IHttpContextAccessor http,
    IUserClaimsPrincipalFactory<Operator> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<Operator>> log,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<Operator> confirmation)
    : SignInManager<Operator>(operators, http, claims, options, log, schemes, confirmation)
{
    public override async Task<bool> CanSignInAsync(Operator user) => !user.Disabled && await base.CanSignInAsync(user);
}
