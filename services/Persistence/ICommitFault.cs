namespace LoopBus.Persistence;

/// <summary>For tests of recovery: registered, it is called at each point of a commit and of the relay, and may throw or end the process there.</summary>
public interface ICommitFault
{
    /// <summary>A unit of work, or what it said, came to this point.</summary>
    void Reached(CommitPoint point);
}
