namespace LoopBus.Approval.DeadLetters;

/// <summary>How a dead letter stands: waiting for a person, on its way back, back in its queue, or put away.</summary>
internal enum DeadLetterStatus
{
    Open,
    Redriving,
    Redriven,
    Discarded,
}
