using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Planning;

namespace LoopBus.Planner;

/// <summary>What a planner brought: a plan, or the reason why there is none. Where it failed, another attempt may bring one.</summary>
internal sealed record Proposal(Plan? Plan, Reason? Refusal, bool Failed = false)
{
    public static Proposal Of(Plan plan) => new(plan, null);

    public static Proposal None(string code, string text) => new(null, new Reason(code, text));

    public static Proposal Failure(Reason reason) => new(null, reason, Failed: true);
}
