using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Options;

namespace LoopBus.Critic.Checks;

/// <summary>
/// Runs a program in an empty folder of its own, with no environment but PATH, for a bounded time and output. It leads a process group: what it
/// started ends with it, whoever its parent is by then.
/// </summary>
internal sealed class ScratchProgram(IOptions<CriticOptions> options, TimeProvider time)
{
    private const int Kill = 9;

    /// <exception cref="CheckException">It cannot be started, or went beyond its limits.</exception>
    public async Task<ProgramEnd> Run(string name, string program, IReadOnlyList<string> arguments, byte[] input, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
            throw new CheckException("The check 'command' runs on Linux only, where a program's whole process group can be ended.");

        var folder = Directory.CreateTempSubdirectory("loopbus-check-");
        try
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.CommandSeconds), time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            using var process = Start(name, program, arguments, folder.FullName);
            try
            {
                var (output, error) = (Read(process.StandardOutput.BaseStream, either.Token), Read(process.StandardError.BaseStream, either.Token));
                // The first that fails ends the program, else the others would wait for it.
                await foreach (var ended in Task.WhenEach(Write(process, input, either.Token), output, error, Exit(process, either.Token)))
                    await ended;

                return new ProgramEnd(process.ExitCode, await output, await error);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new CheckException($"{name} took longer than {options.Value.CommandSeconds} s ({CriticOptions.Section}:CommandSeconds), and was ended.");
            }
            catch (InvalidDataException)
            {
                throw new CheckException($"{name} said more than {options.Value.CommandBytes} bytes ({CriticOptions.Section}:CommandBytes), and was ended.");
            }
            finally
            {
                EndGroup(process);
            }
        }
        finally
        {
            Remove(folder);
        }
    }

    // What a program leaves behind and lets nobody remove is no verdict on the result.
    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It stays in the temporary directory.
        }
    }

    // setsid makes the program the leader of a session and group of its own, and then becomes the program: its id is the group's.
    private static Process Start(string name, string program, IReadOnlyList<string> arguments, string folder)
    {
        var start = new ProcessStartInfo("setsid")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments.Prepend(program))
            start.ArgumentList.Add(argument);
        start.Environment.TryGetValue("PATH", out var path);
        start.Environment.Clear();
        start.Environment["PATH"] = path;

        try
        {
            return File.Exists(program) ? Process.Start(start)! : throw new CheckException($"There is no {program}; {CriticOptions.Section}:Commands:{name} names it.");
        }
        catch (Win32Exception exception)
        {
            throw new CheckException($"{name} cannot be started: {exception.Message}");
        }
    }

    // What the program left running would hold its output open.
    private static async Task Exit(Process process, CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        EndGroup(process);
    }

    private static async Task Write(Process process, byte[] input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read everything: its exit code says why.
        }
    }

    private async Task<string> Read(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[options.Value.CommandBytes + 1];
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);

        return read < buffer.Length ? Encoding.UTF8.GetString(buffer, 0, read) : throw new InvalidDataException("Too much output.");
    }

    // Before setsid made its group there is none: then the process itself is ended, with what it started.
    private static void EndGroup(Process process)
    {
        if (Signal(-process.Id, Kill) != 0 && !process.HasExited)
            process.Kill(entireProcessTree: true);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int pid, int signal);
}
