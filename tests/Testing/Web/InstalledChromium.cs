namespace LoopBus.Testing.Web;

/// <summary>The browser that this machine has, and how tests start it.</summary>
public static class InstalledChromium
{
    /// <exception cref="InvalidOperationException">None is installed.</exception>
    public static string Path =>
        new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("No Chromium in /usr/bin: infra/test.sh installs it.");

    public static IReadOnlyList<string> Switches { get; } =
        ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update"];
}
