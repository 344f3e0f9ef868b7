namespace LoopBus.Executor.Tools.Review.Rules;

/// <summary>Looks for one kind of fault in a change; it may look at all lines, the analysis keeps those that the change touched.</summary>
internal interface IRule
{
    string Name { get; }

    IEnumerable<Hit> Look(Change change);
}
