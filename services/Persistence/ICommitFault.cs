namespace LoopBus.Persistence;

/// <summary>For tests of recovery: registered, it is called at each point of a commit, and may throw or end the process there.</summary>
public interface ICommitFault
{
    /// <summary>The unit of work came to this point.</summary>
    void Reached(CommitPoint point);
}
