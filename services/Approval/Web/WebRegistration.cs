using LoopBus.Approval.Operators;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LoopBus.Approval.Web;

/// <summary>The pages: sign-in, who may do what, cookies, headers, errors.</summary>
internal static class WebRegistration
{
    public static void AddWeb(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ApprovalOptions>().BindConfiguration(ApprovalOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        var limits = builder.Configuration.GetSection(ApprovalOptions.Section).Get<ApprovalOptions>() ?? new ApprovalOptions();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        services.AddRazorPages();
        services.AddExceptionHandler<OutagePage>();
        services.AddAntiforgery(antiforgery => Harden(antiforgery.Cookie, "loopbus-antiforgery", SameSiteMode.Strict));
        services.Configure<Microsoft.AspNetCore.Mvc.CookieTempDataProviderOptions>(
            notice => Harden(notice.Cookie, "loopbus-notice", SameSiteMode.Lax));
        services.AddSignInLimit(limits.SignInsPerMinute);
        services.AddScoped<Standing>();
        services.AddOperators(limits);
        services.ConfigureApplicationCookie(cookie =>
        {
            Harden(cookie.Cookie, "loopbus-session", SameSiteMode.Lax);
            cookie.LoginPath = "/sign-in";
            cookie.ReturnUrlParameter = "returnUrl";
            cookie.ExpireTimeSpan = limits.Session;
            cookie.SlidingExpiration = true;
            cookie.Events.OnRedirectToAccessDenied = context =>
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            };
        });
        services.AddKeys(builder.Configuration["LoopBus:DataProtection:Directory"]);
    }

    public static void UseWeb(this WebApplication app)
    {
        app.UseExceptionHandler("/error/500");
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseSecurityHeaders();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UsePasswordDuty();
        Assets.Embedded.Map(app);
        app.MapGet("/", () => Results.Redirect("/approvals"));
        app.MapRazorPages().RequireAuthorization();
    }

    private static void AddKeys(this IServiceCollection services, string? directory)
    {
        var keys = services.AddDataProtection().SetApplicationName("LoopBus.Approval");
        if (!string.IsNullOrWhiteSpace(directory))
            keys.PersistKeysToFileSystem(new DirectoryInfo(directory));
        else
            services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
                options => options.XmlRepository = ActivatorUtilities.CreateInstance<ProtectionKeyStore>(provider)));
    }

    private static void Harden(CookieBuilder cookie, string name, SameSiteMode sameSite)
    {
        cookie.Name = name;
        cookie.HttpOnly = true;
        cookie.SameSite = sameSite;
        cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.IsEssential = true;
    }
}
