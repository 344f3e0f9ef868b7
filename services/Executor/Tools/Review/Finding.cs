namespace LoopBus.Executor.Tools.Review;

/// <summary>One fault: its line (in File, at head, or at base where Side is old), how sure we are (0 to 1), and the line's exact text as evidence.</summary>
internal sealed record Finding(
    string File,
    int Line,
    Side Side,
    string Rule,
    Severity Severity,
    double Confidence,
    string Message,
    string Evidence
);
