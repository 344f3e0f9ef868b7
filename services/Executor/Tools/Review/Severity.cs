namespace LoopBus.Executor.Tools.Review;

/// <summary>How bad a finding is, the worst last.</summary>
internal enum Severity
{
    Low,
    Medium,
    High,
    Critical,
}
