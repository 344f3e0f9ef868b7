namespace LoopBus.Contracts.Planning;

/// <summary>Something that a run learned: Key names what it is about ("order-17.status"), Value what is so, Source the step whose output says it, a person, or a memory.</summary>
/// <param name="Relevance">To the subgoal of its time, from 0 to 1.</param>
public sealed record Fact(string Key, string Value, string Source, double? Relevance = null);
