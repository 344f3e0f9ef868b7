namespace LoopBus.Benchmarks.Figures;

/// <summary>Numbers as people read them: three digits that say something.</summary>
internal static class Shown
{
    public static string Number(double? value) => value is { } known ? Number(known) : "-";

    public static string Number(double value) => Math.Abs(value) switch
    {
        double.NaN => "-",
        >= 100 => value.ToString("#,0"),
        >= 10 => value.ToString("0.0"),
        >= 1 => value.ToString("0.00"),
        0 => "0",
        _ => value.ToString("0.000"),
    };

    public static string Megabytes(double bytes) => Number(bytes / (1024 * 1024));

    public static string Kilobytes(double bytes) => Number(bytes / 1024);

    public static string Milliseconds(double seconds) => Number(seconds * 1000);
}
