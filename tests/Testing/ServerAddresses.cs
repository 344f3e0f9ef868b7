namespace LoopBus.Testing;

/// <summary>Where a broker, its management API and a database answer; user and password stand in the broker's and the database's URI.</summary>
internal sealed record ServerAddresses(Uri Broker, Uri Management, Uri Database)
{
    public static (string User, string Password) LoginOf(Uri uri)
    {
        var parts = uri.UserInfo.Split(':', 2);
        return (Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts[1]));
    }
}
