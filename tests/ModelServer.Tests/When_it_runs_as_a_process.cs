using System.ClientModel;
using System.Diagnostics;
using LoopBus.Testing.Processes;
using OpenAI;
using OpenAI.Chat;

namespace LoopBus.ModelServer.Tests;

public sealed class When_it_runs_as_a_process : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("loopbus-models-").FullName;

    [Fact]
    public async Task Should_print_its_address_and_play_the_file()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        using var process = Process.Start(Command(await Write("""{ "rules": [ { "then": [ { "text": "from a file" } ] } ] }""")))!;
        try
        {
            var address = new Uri((await process.StandardOutput.ReadLineAsync(deadline.Token))!);
            var client = new ChatClient("m", new ApiKeyCredential("sk-of-a-process"), new OpenAIClientOptions { Endpoint = new Uri(address, "v1") });

            (await client.Ask("Hello", deadline.Token)).ShouldBe("from a file");

            await Shell.Run("kill", "-TERM", $"{process.Id}");
            await process.WaitForExitAsync(deadline.Token);
            process.ExitCode.ShouldBe(0);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    [Fact]
    public async Task Should_say_what_is_wrong_with_the_file()
    {
        var script = await Write("""{ "rules": [ { "then": [] } ] }""");

        var exception = await Should.ThrowAsync<InvalidOperationException>(() => Shell.End(Command(script)));

        exception.Message.ShouldContain("model server: rule 1: it has no reply");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<string> Write(string script)
    {
        var path = Path.Combine(folder, "script.json");
        await File.WriteAllTextAsync(path, script);
        return path;
    }

    private static ProcessStartInfo Command(string script)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "LoopBus.ModelServer.dll");
        return new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0", "--script", script, "--key", "sk-of-a-process"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }
}
