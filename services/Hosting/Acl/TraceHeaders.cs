using System.Diagnostics;
using MassTransit;
using MassTransit.Logging;

namespace LoopBus.Hosting.Acl;

/// <summary>Keeps a message in the trace of who said it, though another may send it: one that waited in an outbox goes out of no trace, or a later one.</summary>
internal static class TraceHeaders
{
    /// <summary>When a message is said.</summary>
    public static void Write(SendContext context)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } current && (Said(context) is not { } said || said.TraceId == current.TraceId))
            context.Headers.Set(HeaderNames.TraceParent, current.Id);
    }

    /// <summary>When it is sent: MassTransit has written the sender's trace, which its consumer would go on with.</summary>
    public static void Keep(SendContext context)
    {
        if (Said(context) is not { } said)
            return;

        var sends = context.Headers.TryGetHeader(DiagnosticHeaders.ActivityId, out var header)
            && ActivityContext.TryParse(header?.ToString(), null, out var sender) && sender.TraceId == said.TraceId;
        if (!sends)
            context.Headers.Set(DiagnosticHeaders.ActivityId, context.Headers.Get<string>(HeaderNames.TraceParent));
    }

    private static ActivityContext? Said(SendContext context) =>
        context.Headers.TryGetHeader(HeaderNames.TraceParent, out var header) && ActivityContext.TryParse(header?.ToString(), null, out var said) ? said : null;
}
