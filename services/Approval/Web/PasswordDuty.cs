using LoopBus.Approval.Operators;

namespace LoopBus.Approval.Web;

/// <summary>Sends a person whose password an admin has seen to the password page, whatever page was asked for.</summary>
internal static class PasswordDuty
{
    private static readonly PathString[] Free = ["/password", "/sign-out", "/assets", "/health"];

    public static void UsePasswordDuty(this WebApplication app) => app.Use((context, next) =>
    {
        if (!context.User.HasClaim(OperatorClaims.MustChangePassword, "true")
            || Free.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)))
            return next();

        context.Response.Redirect("/password");
        return Task.CompletedTask;
    });
}
