namespace LoopBus.Testing;

/// <summary>The checkout that the tests run in.</summary>
public static class Repository
{
    /// <summary>The folder that holds Bus.sln.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The full path of a file or folder named from the root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Bus.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {start} holds Bus.sln: run the tests from the checkout's build output.");
    }
}
