namespace LoopBus.Approval.DeadLetters;

/// <summary>The headers that tie a message to its dead letter.</summary>
internal static class LetterHeader
{
    /// <summary>On the copy in the queue of dead letters: which one it is.</summary>
    public const string Id = "loopbus-dead-letter";

    /// <summary>On a redriven message: which dead letter it was, and who sent it back.</summary>
    public const string RedrivenFrom = "loopbus-redriven-from";

    public const string RedrivenBy = "loopbus-redriven-by";

    /// <summary>On a message whose sender has its answer already.</summary>
    public const string Answered = "loopbus-answered";

    /// <summary>What tells of an earlier death; a redriven message starts anew without.</summary>
    public static bool IsOfDeath(string name) =>
        name is Id or RedrivenFrom or RedrivenBy or Answered
            or Hosting.HeaderNames.Reason or Hosting.HeaderNames.Queue or Hosting.HeaderNames.Exception
            or Hosting.HeaderNames.Attempts or Hosting.HeaderNames.FailedAt or Hosting.HeaderNames.IntakeRounds
        || name.StartsWith("x-death", StringComparison.Ordinal) || name.StartsWith("x-first-death", StringComparison.Ordinal)
        || name.StartsWith("x-last-death", StringComparison.Ordinal) || name == "x-delivery-count" || name.StartsWith("MT-", StringComparison.Ordinal);
}
