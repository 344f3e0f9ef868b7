using LoopBus.Hosting.Web;

namespace LoopBus.Coordinator.Api;

/// <summary>To a tenant the runs of others are not there: whatever is asked of one is answered as of none.</summary>
internal sealed class OwnRunFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var taskId = (string)http.Request.RouteValues["taskId"]!;

        return await RunOwner.Sees(http.RequestServices.GetRequiredService<CoordinatorDbContext>(), Caller.Of(http), taskId, http.RequestAborted)
            ? await next(context)
            : RunsEndpoints.NoSuchRun(taskId);
    }
}
