using Microsoft.Extensions.Options;

namespace LoopBus.Models;

/// <summary>What is wrong with the models' configuration, each with its key.</summary>
internal sealed class ModelsOptionsCheck : IValidateOptions<ModelsOptions>
{
    public ValidateOptionsResult Validate(string? name, ModelsOptions options)
    {
        var problems = new List<string>();
        foreach (var (endpoint, set) in options.Endpoints)
            Endpoint($"{ModelsOptions.Section}:Endpoints:{endpoint}", endpoint, set);
        foreach (var (role, endpoint) in options.Roles)
            Chosen($"{ModelsOptions.Section}:Roles:{role}", role, endpoint);
        foreach (var (loop, roles) in options.Loops)
            foreach (var (role, endpoint) in roles)
                Chosen($"{ModelsOptions.Section}:Loops:{loop}:{role}", role, endpoint);
        if (problems.Count == 0)
            foreach (var loop in options.Loops.Keys.Append(""))
                Apart(loop);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Endpoint(string key, string endpoint, EndpointOptions set)
        {
            if (set.Kind is not ("openai" or "anthropic"))
                problems.Add($"{key}:Kind is '{set.Kind}'. Write openai or anthropic.");
            if (string.IsNullOrWhiteSpace(set.Model))
                problems.Add($"{key}:Model is empty. Write the provider's name of the model.");
            if (set.Address is { } address && (!address.IsAbsoluteUri || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))))
                problems.Add($"{key}:Address is '{address}'. Write an https address, or http on loopback.");
            if (set.InputPrice is null != set.OutputPrice is null)
                problems.Add($"{key}: one of InputPrice and OutputPrice is set. Set both, in US dollars for a million tokens, or none.");
            Within(set.TimeoutSeconds, 0.1, 3600, $"{key}:TimeoutSeconds");
            Within(set.MaxOutputTokens, 1, 1_000_000, $"{key}:MaxOutputTokens");
            Within(set.Retries, 0, 10, $"{key}:Retries");
            Within(set.RetryDelaySeconds, 0.001, 60, $"{key}:RetryDelaySeconds");
            Within(set.LongestRetryAfterSeconds, 0, 600, $"{key}:LongestRetryAfterSeconds");
            Within(set.Concurrency, 1, 10_000, $"{key}:Concurrency");
            Within(set.BreakerCalls, 2, 10_000, $"{key}:BreakerCalls");
            Within(set.BreakerSamplingSeconds, 0.5, 3600, $"{key}:BreakerSamplingSeconds");
            Within(set.BreakerCooldownSeconds, 0.5, 3600, $"{key}:BreakerCooldownSeconds");
            Within((double)(set.InputPrice ?? 0), 0, 1_000_000, $"{key}:InputPrice");
            Within((double)(set.OutputPrice ?? 0), 0, 1_000_000, $"{key}:OutputPrice");
            Falls(key, endpoint);
        }

        void Falls(string key, string endpoint)
        {
            var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            for (var next = endpoint; next is not null; next = options.Endpoints[next].Fallback)
            {
                if (!options.Endpoints.ContainsKey(next))
                {
                    problems.Add($"{key}:Fallback leads to '{next}', which is no endpoint. Name one of {Known()}.");
                    return;
                }

                if (!seen.Add(next))
                {
                    problems.Add($"{key}:Fallback leads back to '{next}'. End the chain somewhere.");
                    return;
                }
            }
        }

        void Chosen(string key, string role, string endpoint)
        {
            if (!ModelRole.All.Contains(role, StringComparer.OrdinalIgnoreCase))
                problems.Add($"{key}: there is no role '{role}'. The roles are {string.Join(", ", ModelRole.All)}.");
            if (!options.Endpoints.TryGetValue(endpoint, out var set))
                problems.Add($"{key} is '{endpoint}', which is no endpoint. Name one of {Known()}.");
            else if (string.Equals(role, ModelRole.Embedding, StringComparison.OrdinalIgnoreCase) && set.Kind != "openai")
                problems.Add($"{key} is '{endpoint}', of kind {set.Kind}, which makes no embeddings. Name one of kind openai.");
        }

        // Who wrote it finds it good: models prefer their own text (self-enhancement; Zheng et al., Judging LLM-as-a-Judge, 2023).
        void Apart(string loop)
        {
            var (author, judge) = (Chain(options.EndpointOf(ModelRole.Planner, loop)), Chain(options.EndpointOf(ModelRole.Judge, loop)));
            if (author.Intersect(judge, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } both)
                problems.Add($"{ModelsOptions.Section}:{(loop.Length == 0 ? "Roles" : $"Loops:{loop}")}: planner and judge both come to the model {both}, by themselves or by a fallback. A judge must not be the author: choose another model for one of them.");
        }

        List<string> Chain(string? endpoint)
        {
            var models = new List<string>();
            for (var next = endpoint; next is not null; next = options.Endpoints[next].Fallback)
                models.Add(options.Endpoints[next].Model);
            return models;
        }

        string Known() => options.Endpoints.Count == 0 ? $"those in {ModelsOptions.Section}:Endpoints, which is empty" : string.Join(", ", options.Endpoints.Keys);

        void Within(double value, double least, double most, string key)
        {
            if (!(value >= least && value <= most))
                problems.Add($"{key} is {value}. Write a number from {least} to {most}.");
        }
    }
}
