namespace LoopBus.Approval.Web;

/// <summary>Times as people say them.</summary>
internal static class TimeText
{
    public static string Exact(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy, HH:mm:ss 'UTC'");

    public static string Machine(DateTimeOffset at) => at.UtcDateTime.ToString("O");

    public static string Left(DateTimeOffset until, DateTimeOffset now) =>
        until <= now ? "time is up" : $"{Span(until - now)} left";

    public static string Ago(DateTimeOffset at, DateTimeOffset now) =>
        now - at < TimeSpan.FromSeconds(5) ? "just now" : $"{Span(now - at)} ago";

    public static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => $"{(int)span.TotalDays} days",
        { TotalDays: >= 1 } when span.Hours == 0 => "1 day",
        { TotalDays: >= 1 } => $"1 day {span.Hours} h",
        { TotalHours: >= 1 } when span.Minutes == 0 => $"{(int)span.TotalHours} h",
        { TotalHours: >= 1 } => $"{(int)span.TotalHours} h {span.Minutes} min",
        { TotalMinutes: >= 1 } => $"{(int)span.TotalMinutes} min",
        _ => $"{Math.Max(1, (int)span.TotalSeconds)} s",
    };
}
