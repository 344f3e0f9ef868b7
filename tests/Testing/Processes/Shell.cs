using System.Diagnostics;

namespace LoopBus.Testing.Processes;

/// <summary>Runs a program to its end; what it wrote is its answer, and a failure says the whole command.</summary>
public static class Shell
{
    public static Task<string> Run(string program, params string[] arguments) => Feed("", program, arguments);

    public static async Task<string> Feed(string input, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return await End(start, input);
    }

    public static async Task<string> End(ProcessStartInfo start, string input = "")
    {
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{start.FileName} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}: {await errors}{await said}");
        }

        return await said;
    }
}
