using System.Text.Json;
using LoopBus.Contracts.Critique;
using LoopBus.Contracts.Planning;
using LoopBus.Critic.Checks;

namespace LoopBus.Critic;

/// <summary>Judges by grounded checks alone: a result holds where each check does, and the evidence says by what.</summary>
internal sealed class GroundedCritic(IEnumerable<ICheck> checks) : ICritic
{
    private readonly Dictionary<string, ICheck> checks = checks.ToDictionary(check => check.Kind);

    public async Task<Verdict> Judge(ResultHolds asked, CancellationToken cancellationToken)
    {
        var evidence = new List<Evidence>();

        foreach (var check in asked.Checks)
        {
            var finding = await Look(check, asked, cancellationToken);
            evidence.Add(new Evidence(check.Kind, finding.Holds, finding.Text));
        }

        return new Verdict(asked.TaskId, asked.Subject, asked.Attempt, evidence.TrueForAll(each => each.Holds), evidence);
    }

    private async Task<Finding> Look(Check check, ResultHolds asked, CancellationToken cancellationToken)
    {
        if (!checks.TryGetValue(check.Kind, out var kind))
            return new Finding(false, $"There is no check '{check.Kind}'; there are {string.Join(", ", checks.Keys.Order(StringComparer.Ordinal))}.");

        try
        {
            return await kind.Evaluate(new Question(check.Kind, check.Parameters, asked.Result, asked.Steps), cancellationToken);
        }
        // A check that cannot be done as it is written, or on a value that is no sound JSON, shows nothing: the result does not hold.
        catch (Exception exception) when (exception is CheckException or JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            return new Finding(false, exception.Message);
        }
    }
}
