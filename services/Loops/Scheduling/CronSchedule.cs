namespace LoopBus.Loops.Scheduling;

/// <summary>
/// When a loop runs by itself: the five fields of cron(5), minute, hour, day of month, month, day of week, in UTC. Numbers, names (<c>mon</c>, <c>jan</c>), lists,
/// ranges and steps; where both days are restricted, one of them is enough.
/// </summary>
public sealed class CronSchedule
{
    // The 29th of February may be eight years away.
    private const int MostDays = 8 * 366;

    private readonly CronField minutes;
    private readonly CronField hours;
    private readonly CronField days;
    private readonly CronField months;
    private readonly CronField weekdays;

    private CronSchedule(string[] fields) => (minutes, hours, days, months, weekdays) = (
        CronField.Parse(fields[0], "minute", 0, 59),
        CronField.Parse(fields[1], "hour", 0, 23),
        CronField.Parse(fields[2], "day of month", 1, 31),
        CronField.Parse(fields[3], "month", 1, 12, "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
        CronField.Parse(fields[4], "day of week", 0, 7, "sun", "mon", "tue", "wed", "thu", "fri", "sat"));

    /// <exception cref="FormatException">The text is no schedule, or one that never comes; the message says why.</exception>
    public static CronSchedule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5)
            throw new FormatException($"a schedule has five fields, minute, hour, day of month, month and day of week, such as \"*/5 * * * *\"; '{text}' has {fields.Length}.");

        var schedule = new CronSchedule(fields);
        var someDay = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

        return schedule.Next(someDay) is not null ? schedule : throw new FormatException($"'{text}' never comes: no month has such a day.");
    }

    /// <returns>The first due time after this one; null where none comes.</returns>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var from = Minute(after).AddMinutes(1);

        for (var day = 0; day <= MostDays; day++)
        {
            var date = Midnight(from).AddDays(day);
            if (IsDay(date) && Times(date).FirstOrDefault(due => due >= from) is { Year: > 1 } due)
                return due;
        }

        return null;
    }

    /// <returns>The last due time that is after the one and not after the other; null where there is none.</returns>
    public DateTimeOffset? Latest(DateTimeOffset after, DateTimeOffset until)
    {
        for (var date = Midnight(until); date >= Midnight(after) && date > Midnight(until).AddDays(-MostDays); date = date.AddDays(-1))
            if (IsDay(date) && Times(date).LastOrDefault(due => due > after && due <= until) is { Year: > 1 } due)
                return due;

        return null;
    }

    private IEnumerable<DateTimeOffset> Times(DateTimeOffset date) => hours.Values.SelectMany(_ => minutes.Values, (hour, minute) => date.AddMinutes((hour * 60) + minute));

    private bool IsDay(DateTimeOffset date)
    {
        if (!months.Has(date.Month))
            return false;

        var (ofMonth, ofWeek) = (days.Has(date.Day), weekdays.Has((int)date.DayOfWeek) || (date.DayOfWeek == DayOfWeek.Sunday && weekdays.Has(7)));

        return days.IsAll || weekdays.IsAll ? ofMonth && ofWeek : ofMonth || ofWeek;
    }

    private static DateTimeOffset Midnight(DateTimeOffset time) => new(time.UtcDateTime.Date, TimeSpan.Zero);

    private static DateTimeOffset Minute(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}
