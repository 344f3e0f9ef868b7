using LoopBus.Benchmarks;

if (Wanted.Read(args) is not { } wanted)
{
    await Console.Error.WriteLineAsync(Wanted.Usage);
    return 64;
}

return await Measuring.Run(wanted, Console.Out, TimeProvider.System) ? 0 : 1;
