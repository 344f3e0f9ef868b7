using LoopBus.Benchmarks;

if (Wanted.Read(args) is not { } wanted)
{
    await Console.Error.WriteLineAsync(Wanted.Usage);
    return 64;
}

await Measuring.Run(wanted, Console.Out, TimeProvider.System);
return 0;
