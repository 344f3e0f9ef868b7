using LoopBus.Hosting;
using LoopBus.Loops.Tools;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor;

/// <summary>Stops an executor that could verify no grant, or was allowed a tool that there is not, before it hears anything.</summary>
internal sealed class ExecutorOptionsCheck(IConfiguration configuration, ToolCatalogue catalogue) : IValidateOptions<ExecutorOptions>
{
    public const string PublicKey = "LoopBus:Grants:PublicKey";

    public ValidateOptionsResult Validate(string? name, ExecutorOptions options)
    {
        List<string> problems =
        [
            .. options.Tools
                .Where(tool => catalogue.Find(tool) is null)
                .Select(tool => $"{ExecutorOptions.Section}:Tools names '{tool}', which is no tool; there are {string.Join(", ", catalogue.All.Select(known => known.Name))}."),
            .. options.Prices
                .Where(price => catalogue.Find(price.Key) is null || price.Value < 0)
                .Select(price => $"{ExecutorOptions.Section}:Prices:{price.Key} must be a tool's price in US dollars, 0 or more; it is {price.Value}."),
        ];

        try
        {
            using var verifier = new GrantVerifier(configuration[PublicKey] ?? "");
        }
        catch (ArgumentException exception)
        {
            problems.Add($"{PublicKey} must be the public key (PEM) of approval's signing key: {exception.Message}");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
