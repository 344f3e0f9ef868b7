using System.Text.Json;
using LoopBus.Contracts.Planning;

namespace LoopBus.Contracts.Approval;

/// <summary>What a person needs to help a run that is stuck: where it stands, which invariants fail, how sure its planner was of each action, and what could be done.</summary>
/// <param name="Summary">The run in words, at most 500 tokens.</param>
/// <param name="State">A snapshot: status, iteration, subgoal, spending, last actions.</param>
/// <param name="Interventions">What could be done, in words, the likeliest first.</param>
public sealed record Packet(
    int Iteration,
    string Summary,
    JsonElement State,
    IReadOnlyList<InvariantStatus> Invariants,
    IReadOnlyList<double> Confidence,
    IReadOnlyList<string> Interventions);
