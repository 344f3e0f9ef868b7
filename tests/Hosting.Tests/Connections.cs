using System.Net.Http.Headers;
using System.Text;
using LoopBus.Testing;

namespace LoopBus.Hosting.Tests;

/// <summary>The connections of the service executor, as the broker sees them.</summary>
internal static class Connections
{
    public static async Task Break(BrokerFixture broker)
    {
        using var management = new HttpClient { BaseAddress = broker.Management };
        management.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{broker.User}:{broker.Password}")));
        var connections = await Eventually.Value(() => Open(broker), TimeSpan.FromSeconds(30), "the broker's statistics show the service's connection");
        foreach (var name in connections)
            (await management.DeleteAsync(new Uri($"/api/connections/{Uri.EscapeDataString(name)}", UriKind.Relative))).EnsureSuccessStatusCode();
    }

    private static async Task<List<string>?> Open(BrokerFixture broker)
    {
        var connections = await broker.Get($"/api/vhosts/{broker.VirtualHost}/connections");
        var names = connections.EnumerateArray()
            .Where(connection => connection.GetProperty("client_properties").TryGetProperty("connection_name", out var name) && name.GetString() == "executor")
            .Select(connection => connection.GetProperty("name").GetString()!)
            .ToList();
        return names.Count > 0 ? names : null;
    }
}
