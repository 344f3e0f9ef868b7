using LoopBus.ModelServer;

if (Wanted.Read(args) is not { } wanted)
{
    await Console.Error.WriteLineAsync(Wanted.Usage);
    return 64;
}

try
{
    await using var host = await ModelHost.Start(wanted.ToScript(), wanted.ToOptions());
    await Console.Out.WriteLineAsync(host.Address.ToString());
    await host.UntilStopped();
    return 0;
}
catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
{
    // what is wrong with the script, its file or the address
    await Console.Error.WriteLineAsync($"model server: {exception.Message}");
    return 1;
}
