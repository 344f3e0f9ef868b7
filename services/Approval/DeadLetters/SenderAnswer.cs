using LoopBus.Contracts.Acts;

namespace LoopBus.Approval.DeadLetters;

/// <summary>What a foreign sender hears of its message's end, as plain JSON.</summary>
internal sealed record SenderAnswer(string Queue, string Performative, string? CorrelationId, object Content)
{
    /// <returns>Nothing for a message of ours, or one whose sender wants no answer.</returns>
    public static SenderAnswer? For(DeadLetter letter)
    {
        var properties = LetterText.Properties(letter);
        if (string.IsNullOrEmpty(properties.ReplyTo) || LetterText.IsEnvelope(properties.ContentType))
            return null;

        var notUnderstood = new Death(letter.Queue, letter.Reason, letter.Exception, letter.Attempts).NotUnderstood;
        var performative = notUnderstood ? "not-understood" : "failure";
        var text = notUnderstood
            ? $"The message could not be read in queue {letter.Queue}: {letter.Exception ?? letter.Reason}"
            : $"The message failed each time that queue {letter.Queue} delivered it, and was set aside for people.";
        return new SenderAnswer(
            properties.ReplyTo, performative, properties.CorrelationId ?? properties.MessageId,
            new { performative, taskId = letter.TaskId, reason = new Reason(letter.Reason, text), deadLetter = letter.Id });
    }
}
