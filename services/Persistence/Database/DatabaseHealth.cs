using LoopBus.Persistence.Database;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LoopBus.Persistence.Database;

/// <summary>Ready when the database answers.</summary>
internal sealed class DatabaseHealth(IDialect dialect) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = dialect.DataSource.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "The database does not answer.", exception);
        }
    }
}
