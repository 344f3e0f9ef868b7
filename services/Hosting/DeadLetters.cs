namespace LoopBus.Hosting;

/// <summary>Where messages go that no service can handle, and how those queues are declared.</summary>
public static class DeadLetters
{
    /// <summary>The exchange and queue that every failed message enters; approval reads it.</summary>
    public const string Intake = "dead-letter-intake";

    /// <summary>The exchange and queue that holds every dead letter, whole, for people.</summary>
    public const string Queue = "dead-letter";

    /// <summary>The arguments of a service's queue: replicated, bounded, and dead-lettering at least once to the next queue.</summary>
    internal static Dictionary<string, object?> QueueArguments(string queue, BrokerOptions options)
    {
        var arguments = new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum",
            ["x-max-length"] = options.QueueLimit,
            ["x-overflow"] = "reject-publish",
        };
        if (queue == Queue)
        {
            // To look at a message counts as a delivery, and RabbitMQ 4 drops it after 20 where no limit is given.
            arguments["x-delivery-limit"] = int.MaxValue;
            return arguments;
        }

        arguments["x-delivery-limit"] = options.DeliveryLimit;
        arguments["x-dead-letter-exchange"] = queue == Intake ? Queue : Intake;
        arguments["x-dead-letter-strategy"] = "at-least-once";
        return arguments;
    }
}
