using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace LoopBus.Critic.Tests.Bus;

/// <summary>The critic as its Program builds it.</summary>
internal sealed class CriticApp(IEnumerable<KeyValuePair<string, string?>> settings) : WebApplicationFactory<JudgeResultConsumer>
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (key, value) in settings)
            builder.UseSetting(key, value);

        builder.UseSetting("Logging:LogLevel:Default", "Warning");
    }
}
