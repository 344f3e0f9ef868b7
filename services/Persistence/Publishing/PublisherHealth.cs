using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LoopBus.Persistence.Publishing;

/// <summary>Ready while the publisher has a connection, or has not needed one yet.</summary>
internal sealed class PublisherHealth(Publisher publisher) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        publisher.Trouble is { } trouble
            ? new HealthCheckResult(context.Registration.FailureStatus, "The broker takes no messages from this service.", trouble)
            : HealthCheckResult.Healthy());
}
