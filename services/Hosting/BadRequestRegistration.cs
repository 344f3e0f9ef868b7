using LoopBus.Hosting.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Hosting;

public static class BadRequestRegistration
{
    /// <summary>Requests that cannot be read are answered with the name of what is wrong in them. To be used by <c>UseExceptionHandler()</c>.</summary>
    public static IServiceCollection AddBadRequests(this IServiceCollection services) =>
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true).AddProblemDetails().AddExceptionHandler<BadRequestHandler>();
}
