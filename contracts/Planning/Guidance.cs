namespace LoopBus.Contracts.Planning;

/// <summary>What a planner is to mind beside the task: Kind is one of fact, subgoal (of people), invariant, stall, limit (of the loop's rules), feedback (of the critic and the executor). By names who said it.</summary>
public sealed record Guidance(string Kind, string Text, string By);
