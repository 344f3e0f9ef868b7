using LoopBus.Hosting.Web;
using Microsoft.Extensions.Options;

namespace LoopBus.Coordinator.Api;

/// <summary>Lets only callers through that show one of the coordinator's keys.</summary>
internal sealed class ApiKeyFilter(IOptions<CoordinatorOptions> options) : IEndpointFilter
{
    private readonly ApiKeys keys = new(options.Value.Keys);

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => keys.InvokeAsync(context, next);
}
