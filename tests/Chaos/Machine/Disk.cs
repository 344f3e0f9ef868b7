using LoopBus.Testing;
using LoopBus.Testing.Processes;

namespace LoopBus.Chaos.Machine;

/// <summary>A small file system in memory for the database's files, that can be full; where nothing may be mounted the database stays where it is.</summary>
internal sealed class Disk(PrivateServers servers, string folder)
{
    private const string Size = "1536m";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private bool mounted;

    private string Ballast => Path.Combine(folder, "ballast");

    /// <summary>Makes the database, stops it, and moves its files.</summary>
    public async Task Mount()
    {
        await servers.Start();
        if (!Environment.IsPrivilegedProcess || new DirectoryInfo(folder).LinkTarget is not null)
            return;

        var process = servers.DatabaseProcess;
        await Shell.Run("kill", "-INT", $"{process}");
        await Eventually.True(() => !Directory.Exists($"/proc/{process}"), Patience, "the database has stopped");
        var aside = $"{folder}.aside";
        Directory.Move(folder, aside);
        Directory.CreateDirectory(folder);
        try
        {
            await Shell.Run("mount", "-t", "tmpfs", "-o", $"size={Size}", "tmpfs", folder);
            mounted = true;
        }
        catch (InvalidOperationException)
        {
            // a container that may not mount
        }

        await Shell.Run("cp", "-a", $"{aside}/.", folder);
        Directory.Delete(aside, recursive: true);
        // a small log ahead of the data, so that the file system is not full by itself
        await Shell.Run("sh", "-c", $"echo 'max_wal_size = 96MB' >'{folder}/data/conf.d/chaos.conf' && chmod 644 '{folder}/data/conf.d/chaos.conf'");
    }

    /// <summary>Takes all room there is.</summary>
    public async Task Fill()
    {
        if (!mounted)
            throw new InvalidOperationException("nothing may be mounted here: the disk does not fill.");
        await Shell.Run("sh", "-c", $"dd if=/dev/zero of='{Ballast}' bs=1M 2>/dev/null; true");
    }

    public Task Free()
    {
        File.Delete(Ballast);
        return Task.CompletedTask;
    }

    public async Task Unmount()
    {
        if (!mounted)
            return;
        await servers.End(keep: true);
        await Shell.Run("umount", folder);
        mounted = false;
    }
}
