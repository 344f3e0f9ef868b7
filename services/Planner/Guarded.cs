using LoopBus.Loops;
using LoopBus.Models;

namespace LoopBus.Planner;

/// <summary>What keeps a model from planning, as a proposal that says so.</summary>
internal static class Guarded
{
    public static async Task<Proposal> Plan(LoopDefinition loop, Func<Task<Proposal>> plan)
    {
        try
        {
            return await plan();
        }
        catch (FormatException exception)
        {
            return Proposal.None("prompt-invalid", $"The prompt of {loop.Name}@{loop.Version} cannot be filled in: {exception.Message}");
        }
        catch (ModelException exception)
        {
            return exception.Reason.Retryable ? Proposal.Failure(exception.Reason) : new Proposal(null, exception.Reason);
        }
    }
}
