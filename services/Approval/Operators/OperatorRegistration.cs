using Microsoft.AspNetCore.Identity;

namespace LoopBus.Approval.Operators;

/// <summary>Identity over the service's own database.</summary>
internal static class OperatorRegistration
{
    public static void AddOperators(this IServiceCollection services, ApprovalOptions limits)
    {
        services.AddIdentityCore<Operator>(identity =>
            {
                identity.Password.RequiredLength = 12;
                identity.Password.RequiredUniqueChars = 5;
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
                identity.Lockout.AllowedForNewUsers = true;
                identity.Lockout.MaxFailedAccessAttempts = limits.FailuresToLockOut;
                identity.Lockout.DefaultLockoutTimeSpan = limits.LockOut;
            })
            .AddEntityFrameworkStores<ApprovalDbContext>()
            .AddSignInManager<OperatorSignIn>()
            .AddClaimsPrincipalFactory<OperatorClaims>();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = limits.PasswordRounds);
        services.AddScoped<OperatorKeeper>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();

        // A disabled or demoted operator loses the right with the next page, not after the half hour that Identity grants.
        services.Configure<SecurityStampValidatorOptions>(stamp => stamp.ValidationInterval = TimeSpan.Zero);
        services.AddAuthorizationBuilder()
            .AddPolicy(Roles.Deciders, policy => policy.RequireRole(Roles.Approver, Roles.Admin))
            .AddPolicy(Roles.Keepers, policy => policy.RequireRole(Roles.Admin));
    }
}
