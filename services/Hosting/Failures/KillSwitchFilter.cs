using MassTransit;

namespace LoopBus.Hosting.Failures;

/// <summary>Holds an endpoint's messages, unacknowledged, while its kill switch is off; what failed meanwhile is tried again and not dead-lettered.</summary>
internal sealed class KillSwitchFilter(KillSwitch kill, TimeProvider time) : IFilter<ConsumeContext>
{
    // The broker takes a message back that is not acknowledged for thirty minutes.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var tried = await kill.Pass(Longest, context.CancellationToken);
            try
            {
                await next.Send(context);
                kill.Succeeded(tried);
                return;
            }
            catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
            {
                kill.Left(tried);
                throw;
            }
            catch (Exception exception) when (kill.Failed(RunOf(context), tried, exception) && time.GetElapsedTime(began) < Longest)
            {
                // It is not the message: it waits with the others.
            }
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("killSwitch");

    private static string RunOf(ConsumeContext context) => context.Acl().Run ?? context.MessageId?.ToString() ?? "";
}
