using System.ComponentModel.DataAnnotations;
using LoopBus.Loops.Tools;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Tools.Mcp;

/// <summary>Stops an executor whose MCP servers are set up wrong, or otherwise than its descriptors, before it hears anything.</summary>
internal sealed class McpOptionsCheck(IConfiguration configuration, ToolCatalogue catalogue, IOptions<ExecutorOptions> executor) : IValidateOptions<McpOptions>
{
    public ValidateOptionsResult Validate(string? name, McpOptions options)
    {
        List<string> problems = [.. Unread(configuration), .. Problems(options), .. Unlike(options)];

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <returns>The keys that are no settings, and the values that are none: the binder leaves out an entry that it cannot read, and a correction must not be left out unseen.</returns>
    public static IEnumerable<string> Unread(IConfiguration configuration)
    {
        var mcp = configuration.GetSection(McpOptions.Section);
        var servers = mcp.GetSection(nameof(McpOptions.Servers)).GetChildren().ToList();

        return [
            .. Unread<McpOptions>(mcp),
            .. servers.SelectMany(Unread<McpServerOptions>),
            .. servers.SelectMany(server => server.GetSection(nameof(McpServerOptions.Tools)).GetChildren()).SelectMany(Unread<McpToolOptions>),
        ];
    }

    private static IEnumerable<string> Unread<T>(IConfigurationSection section)
    {
        var known = typeof(T).GetProperties().ToDictionary(property => property.Name, property => property.PropertyType, StringComparer.OrdinalIgnoreCase);

        foreach (var key in section.GetChildren())
            if (!known.TryGetValue(key.Key, out var type))
                yield return $"{key.Path} is no setting; there are {string.Join(", ", known.Keys)}.";
            else if (Unreadable(key, type) is { } problem)
                yield return problem;
    }

    private static string? Unreadable(IConfigurationSection key, Type type)
    {
        try
        {
            key.Get(type);
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
    }

    /// <returns>What is wrong with the servers themselves, each with its key.</returns>
    public static IEnumerable<string> Problems(McpOptions options) => options.Servers.SelectMany(server => Problems($"{McpOptions.Section}:Servers:{server.Key}", server.Key, server.Value));

    private static IEnumerable<string> Problems(string key, string name, McpServerOptions server)
    {
        var wrong = new List<ValidationResult>();
        Validator.TryValidateObject(server, new ValidationContext(server), wrong, validateAllProperties: true);

        foreach (var problem in wrong)
            yield return $"{key}:{problem.MemberNames.First()}: {problem.ErrorMessage}";
        if (!McpName.IsServer(name))
            yield return $"{key}: '{name}' is no server's name; it begins with a-z, then a-z, 0-9, '_' and '-', 32 letters at most.";
        if (string.IsNullOrWhiteSpace(server.Command))
            yield return $"{key}:Command is missing: the program that is the server, such as node or /usr/bin/python3.";
        if (server.WorkingDirectory is { } folder && !Directory.Exists(folder))
            yield return $"{key}:WorkingDirectory: there is no folder '{folder}'.";
        foreach (var variable in server.Environment.Keys.Where(variable => string.IsNullOrWhiteSpace(variable) || variable.Contains('=')))
            yield return $"{key}:Environment:{variable}: this is no name of a variable.";

        foreach (var (tool, word) in server.Tools)
        {
            if ((word.Effect is { } effect && !Enum.IsDefined(effect)) || (word.BlastRadius is { } radius && !Enum.IsDefined(radius)))
                yield return $"{key}:Tools:{tool}: Effect or BlastRadius is none that there is.";
            if (word.TimeoutSeconds is { } seconds and not (>= 0.1 and <= 24 * 3600))
                yield return $"{key}:Tools:{tool}:TimeoutSeconds is {seconds}; it must be from 0.1 to {24 * 3600}.";
        }
    }

    private IEnumerable<string> Unlike(McpOptions options)
    {
        var described = catalogue.All.Select(tool => (tool.Name, Server: McpName.ServerOf(tool.Name))).Where(tool => tool.Server is not null).ToList();

        foreach (var server in described.Select(tool => tool.Server!).Distinct().Where(server => !options.Servers.ContainsKey(server)))
            yield return $"{McpOptions.Section}:Servers:{server}:Command is missing: {McpOptions.Section}:Descriptors has tools of this server.";

        foreach (var (name, server) in options.Servers)
        {
            var key = $"{McpOptions.Section}:Servers:{name}";
            if (described.TrueForAll(tool => tool.Server != name))
                yield return $"{McpOptions.Section}:Descriptors has no tool of the server '{name}'; write the file with `dotnet LoopBus.Executor.dll describe-mcp`, and give it to every service.";
            else
                foreach (var tool in server.Tools.Keys.Where(tool => catalogue.Find(McpName.Of(name, tool)) is null))
                    yield return $"{key}:Tools:{tool}: the server has no such tool; there are {string.Join(", ", described.Where(each => each.Server == name).Select(each => each.Name))}.";
            if (server.MaxOutputBytes > executor.Value.MaxOutputBytes)
                yield return $"{key}:MaxOutputBytes is {server.MaxOutputBytes}, above the {executor.Value.MaxOutputBytes} of {ExecutorOptions.Section}:MaxOutputBytes.";
        }
    }
}
