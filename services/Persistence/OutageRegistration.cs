using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Persistence;

public static class OutageRegistration
{
    /// <summary>Errors of a service's HTTP API as problem+json: an outage of its database is 503 with Retry-After, whatever else is not expected 500. To be used by <c>UseExceptionHandler()</c>.</summary>
    public static IServiceCollection AddProblems(this IServiceCollection services) => services.AddProblemDetails().AddExceptionHandler<OutageHandler>();
}
