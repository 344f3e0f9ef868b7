namespace LoopBus.Loops;

/// <summary>Loop files that cannot be used: every problem at once, each as "file:line: reason".</summary>
public sealed class LoopFileException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
