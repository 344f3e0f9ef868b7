using LoopBus.Chaos;

if (Wanted.Read(args) is not { } wanted)
{
    await Console.Error.WriteLineAsync(Wanted.Usage);
    return 64;
}

var report = await Storm.Run(wanted, Console.Out, TimeProvider.System);
return report.Violations.Count == 0 ? 0 : 1;
