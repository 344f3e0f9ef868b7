using LoopBus.Hosting.Connecting;
using Microsoft.Extensions.Options;

namespace LoopBus.Hosting;

internal sealed class BrokerOptionsCheck : IValidateOptions<BrokerOptions>
{
    public ValidateOptionsResult Validate(string? name, BrokerOptions options)
    {
        var problems = new List<string>();
        Required(options.Host, nameof(options.Host));
        Required(options.VirtualHost, nameof(options.VirtualHost));
        Required(options.User, nameof(options.User));
        Required(options.Password, nameof(options.Password));
        Within(options.DeliveryLimit, 1, 1000, nameof(options.DeliveryLimit));
        Within(options.QueueLimit, 100, int.MaxValue, nameof(options.QueueLimit));
        Within(options.MessageBytes, 64 * 1024, 64 * 1024 * 1024, nameof(options.MessageBytes));
        Within(options.Headers, 40, 1000, nameof(options.Headers));
        Within(options.HeaderBytes, 8 * 1024, 64 * 1024, nameof(options.HeaderBytes));
        Within(options.Prefetch, 1, 2000, nameof(options.Prefetch));
        Within(options.Retries, 1, 100, nameof(options.Retries));
        Within(options.ConflictRetries, 1, 1000, nameof(options.ConflictRetries));
        Within(options.KillSwitchRuns, 1, 1_000_000, nameof(options.KillSwitchRuns));
        Within(options.KillSwitchSeconds, 0.1, 300, nameof(options.KillSwitchSeconds));
        foreach (var node in options.Nodes)
            if (!Uri.TryCreate($"amqp://{node}", UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.AbsolutePath.Length > 1 || uri.UserInfo.Length > 0)
                problems.Add($"{BrokerOptions.Section}:Nodes has '{node}'. Write each as host or host:port.");
        Readable(options.Tls);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Required(string value, string key)
        {
            if (string.IsNullOrWhiteSpace(value))
                problems.Add($"{BrokerOptions.Section}:{key} is empty. Set the environment variable LoopBus__Broker__{key}.");
        }

        // A wrong file ends the start, and not each try to connect.
        void Readable(BrokerTls tls)
        {
            try
            {
                if (tls.Enabled)
                    _ = new BrokerTrust(tls);
            }
            catch (InvalidOperationException problem)
            {
                problems.Add(problem.Message);
            }
        }

        void Within(double value, double low, double high, string key)
        {
            if (value < low || value > high)
                problems.Add($"{BrokerOptions.Section}:{key} is {value}. Set LoopBus__Broker__{key} to a number from {low} to {high}.");
        }
    }
}
