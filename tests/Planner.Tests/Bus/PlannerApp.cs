using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace LoopBus.Planner.Tests.Bus;

/// <summary>The planner as its Program builds it.</summary>
internal sealed class PlannerApp(IEnumerable<KeyValuePair<string, string?>> settings) : WebApplicationFactory<MakePlanConsumer>
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (key, value) in settings)
            builder.UseSetting(key, value);

        builder.UseSetting("Logging:LogLevel:Default", "Warning");
    }
}
