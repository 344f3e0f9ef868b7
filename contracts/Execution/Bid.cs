namespace LoopBus.Contracts.Execution;

/// <summary>What an executor offers for a step that is announced (propose); accepted, it carries the step. Contract Net: R. G. Smith, IEEE Transactions on Computers C-29 (12), 1980; FIPA SC00029H.</summary>
/// <param name="Executor">Who bids: the name of its queue.</param>
/// <param name="Load">The share, from 0 to 1, of the calls it may make at once that it makes now.</param>
/// <param name="Confidence">What its last calls of the tool promise: (successes + 1) / (calls + 2), so 0.5 where it made none.</param>
/// <param name="Usd">What the step costs; null: not known.</param>
/// <param name="Seconds">How long its last calls of the tool took on average; null: it made none.</param>
/// <param name="Action">The step, where the bid is accepted.</param>
public sealed record Bid(
    string TaskId,
    string StepId,
    int Attempt,
    string Executor,
    double Load,
    double Confidence,
    decimal? Usd = null,
    double? Seconds = null,
    ExecuteStep? Action = null);
