using System.Globalization;

namespace LoopBus.Benchmarks.Machine;

/// <summary>What the kernel tells of a process.</summary>
internal static class Proc
{
    // sysconf(_SC_CLK_TCK), the same on every Linux that .NET runs on
    private const double TicksPerSecond = 100;

    /// <summary>Seconds of processor that a process has used; with those of its children, gone or not, where it is the head of a family.</summary>
    public static double Cpu(int process, bool family = false)
    {
        if (Stat(process) is not { } stat)
            return 0;
        var own = stat[11] + stat[12];
        return family ? (own + stat[13] + stat[14]) / TicksPerSecond + Children(process).Sum(child => Cpu(child)) : own / TicksPerSecond;
    }

    /// <summary>Resident bytes; of a family each shared page is counted once.</summary>
    public static long Memory(int process, bool family = false) =>
        family
            ? Children(process).Append(process).Sum(one => Kilobytes($"/proc/{one}/smaps_rollup", "Pss:")) * 1024
            : Kilobytes($"/proc/{process}/status", "VmRSS:") * 1024;

    /// <summary>Seconds that all processors of this machine were busy, and that its host gave to other machines.</summary>
    public static (double Busy, double Stolen) Machine()
    {
        // user, nice, system, idle, iowait, irq, softirq, steal
        double[] ticks = [.. Read("/proc/stat").Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(double.Parse)];
        return ((ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]) / TicksPerSecond, ticks[7] / TicksPerSecond);
    }

    private static int[] Children(int process) =>
        [.. Read($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];

    // The fields after the name, which may hold blanks and brackets: 0 is the state, 11 to 14 are utime, stime, cutime, cstime.
    private static double[]? Stat(int process)
    {
        var text = Read($"/proc/{process}/stat");
        return text.Length == 0
            ? null
            : [.. text[(text.LastIndexOf(')') + 2)..].Split(' ').Select(field => double.TryParse(field, CultureInfo.InvariantCulture, out var number) ? number : 0)];
    }

    private static long Kilobytes(string file, string line) =>
        Read(file).Split('\n').FirstOrDefault(text => text.StartsWith(line, StringComparison.Ordinal)) is { } found
            ? long.Parse(found.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture)
            : 0;

    // A child may have gone since it was listed.
    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
