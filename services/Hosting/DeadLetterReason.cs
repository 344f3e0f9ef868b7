namespace LoopBus.Hosting;

/// <summary>The codes in header <c>loopbus-reason</c>: why no service could handle a message.</summary>
public static class DeadLetterReason
{
    /// <summary>The body is not what its content type says.</summary>
    public const string Unparseable = "unparseable";

    /// <summary>The body parses, but is not the message that it says it is.</summary>
    public const string WrongSchema = "wrong-schema";

    /// <summary>The body, or the headers, are larger than a service reads.</summary>
    public const string TooLarge = "too-large";

    /// <summary>The message is of a type that the queue's service does not handle.</summary>
    public const string UnhandledType = "unhandled-type";

    /// <summary>The consumer failed each time that it tried.</summary>
    public const string RepeatedFailure = "repeated-failure";

    /// <summary>The broker gave up: the message ended its consumer's process or connection each time.</summary>
    public const string DeliveryLimit = "delivery-limit";
}
