namespace LoopBus.Approval.DeadLetters;

/// <summary>A message that no service could handle, whole, and what was done about it.</summary>
internal sealed class DeadLetter
{
    public required Guid Id { get; init; }

    public DeadLetterStatus Status { get; private set; } = DeadLetterStatus.Open;

    /// <summary>The queue that it failed in, and goes back to.</summary>
    public required string Queue { get; init; }

    public required string Reason { get; init; }

    public string? Exception { get; init; }

    /// <summary>The run that it belongs to, or the task that a plain message names, whether there is a run of it or not.</summary>
    public string? TaskId { get; init; }

    public int Attempts { get; init; }

    public string? MessageId { get; init; }

    /// <summary>The message's short name, such as request.execute-step, where it has one.</summary>
    public string? MessageType { get; init; }

    /// <summary>What people call it: a trigger, or whatever else other clients send as plain JSON, has no type.</summary>
    public string Title => TitleOf(MessageType, Queue);

    public required byte[] Body { get; init; }

    /// <summary>The sha256 of the body, to know a second delivery of a message that has no id.</summary>
    public required string BodyHash { get; init; }

    /// <summary>AMQP headers as JSON.</summary>
    public required string Headers { get; init; }

    /// <summary>AMQP properties as JSON.</summary>
    public required string Properties { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The dead letter whose redrive brought this one.</summary>
    public Guid? RedrivenFrom { get; init; }

    public string? AnsweredWith { get; set; }

    public byte[]? EditedBody { get; private set; }

    /// <summary>The id of the message that goes back; chosen once, so that a repeated redrive is one message.</summary>
    public Guid? RedriveMessageId { get; private set; }

    public string? ClosedBy { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public string? ClosedBecause { get; private set; }

    public int Version { get; private set; }

    public static string TitleOf(string? messageType, string queue) => messageType ?? $"A plain message to {queue}";

    public bool Redrive(string by, DateTimeOffset now, byte[]? editedBody)
    {
        if (Status != DeadLetterStatus.Open)
            return false;

        RedriveMessageId = Guid.CreateVersion7(now);
        EditedBody = editedBody;
        Close(DeadLetterStatus.Redriving, by, now, editedBody is null ? "Redriven as it was." : "Redriven with an edited body.");
        return true;
    }

    public bool Discard(string by, DateTimeOffset now, string reason)
    {
        if (Status != DeadLetterStatus.Open)
            return false;

        Close(DeadLetterStatus.Discarded, by, now, reason);
        return true;
    }

    public void Arrived() => Move(DeadLetterStatus.Redriven);

    public void Bounced(string because)
    {
        ClosedBecause = because;
        Move(DeadLetterStatus.Open);
    }

    private void Close(DeadLetterStatus status, string by, DateTimeOffset now, string because)
    {
        ClosedBy = by;
        ClosedAt = now;
        ClosedBecause = because;
        Move(status);
    }

    private void Move(DeadLetterStatus status)
    {
        Status = status;
        Version++;
    }
}
