using System.Globalization;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Planning;
using LoopBus.Loops;
using LoopBus.Loops.Debating;
using LoopBus.Loops.Memory;
using LoopBus.Loops.Prompts;
using LoopBus.Models;

namespace LoopBus.Planner.Debating;

/// <summary>
/// Several propose a result each for itself, hear each other in bounded rounds, and judges choose (Du et al., Improving Factuality and Reasoning through Multiagent
/// Debate, 2023). Who agrees too soon is asked for the strongest objection; a judge whom the order sways has no vote; what has no quorum is nobody's result.
/// </summary>
internal sealed class Debate(ModelDesk models, PlanSpending spending, RunPrompt prompts, PlannerLog log)
{
    private const int Fewest = 2;

    /// <returns>The result that has the quorum, as the end of the run; or why there is none.</returns>
    /// <exception cref="ModelException">As <see cref="ModelDesk.Ask"/>, or the budget is spent.</exception>
    public async Task<Proposal> Decide(MakePlan asked, LoopDefinition loop, DebateRules rules, Plan finished, CancellationToken cancellationToken)
    {
        var candidates = await Argue(asked, loop, rules, cancellationToken);
        if (candidates.Count < Fewest)
            return Proposal.Failure(new Reason("answer-unusable", $"Of {rules.Proposers.Count} proposers {candidates.Count} brought a result that can be read; a debate takes {Fewest}.", Retryable: true));

        var ballots = new List<Ballot>();
        for (var judge = 0; judge < rules.Judges; judge++)
            ballots.Add(await Judge(asked, loop, Turned(candidates, judge), judge, cancellationToken));

        var tally = Tally.Of(ballots, candidates.ToDictionary(candidate => candidate.Name, candidate => candidate.Decision(rules.Decision)), rules.Quorum);
        var account = $"{tally.Votes} of {tally.Judges} judges{(tally.Abstained > 0 ? $", {tally.Abstained} without a vote" : "")}; quorum: {rules.Quorum}.";
        log.Debated(asked.TaskId, asked.Attempt, tally.Winner ?? "nobody", account);
        if (candidates.Find(candidate => candidate.Name == tally.Winner) is not { } winner)
            return Proposal.None(NoQuorum, $"The debate has no result: {account} Proposed: {string.Join("; ", candidates.Select(candidate => $"{candidate.Name}: {TextCut.Middle(candidate.Decision(rules.Decision), MostShown)}"))}.");

        var thought = finished.Thought! with
        {
            Result = winner.Result,
            Reasoning = $"{winner.Reasoning} ({winner.Name}; {account})",
            Confidence = (double)tally.Votes / tally.Judges,
        };

        return Proposal.Of(finished with { Thought = thought, Spent = await spending.Of(asked.TaskId, cancellationToken) });
    }

    public const string NoQuorum = "no-quorum";

    private const int MostShown = 200;

    private async Task<List<Candidate>> Argue(MakePlan asked, LoopDefinition loop, DebateRules rules, CancellationToken cancellationToken)
    {
        var candidates = new List<Candidate>();
        // Nobody hears the others before everybody has spoken.
        foreach (var proposer in rules.Proposers)
            if (await Propose(asked, loop, proposer, 0, null, [], agreed: false, cancellationToken) is { } candidate)
                candidates.Add(candidate);

        for (var round = 1; round <= rules.Rounds && candidates.Count >= Fewest; round++)
        {
            var before = candidates.ToList();
            var agreed = before.DistinctBy(candidate => candidate.Decision(rules.Decision)).Count() == 1;
            // One doubter is enough against an agreement that came too soon.
            foreach (var own in agreed ? before.TakeLast(1).ToList() : before)
            {
                var proposer = rules.Proposers.First(one => one.Name == own.Name);
                if (await Propose(asked, loop, proposer, round, own, before.Where(other => other.Name != own.Name), agreed, cancellationToken) is { } changed)
                    candidates[candidates.FindIndex(candidate => candidate.Name == own.Name)] = changed;
            }

            if (before.Zip(candidates).All(pair => pair.First.Decision(rules.Decision) == pair.Second.Decision(rules.Decision)))
                break;
        }

        return candidates;
    }

    private async Task<Candidate?> Propose(
        MakePlan asked, LoopDefinition loop, Proposer proposer, int round, Candidate? own, IEnumerable<Candidate> others, bool agreed, CancellationToken cancellationToken)
    {
        var most = Room(loop);
        var (prompt, _) = prompts.Of(PromptTemplate.Argue, asked, loop, more: new Dictionary<string, object?>
        {
            ["name"] = proposer.Name,
            ["persona"] = proposer.Persona,
            // Without names: what counts is what is said.
            ["others"] = others.Select(other => other.Shown(most)).ToList(),
            ["own"] = own?.Shown(most),
            ["agreed"] = agreed,
        });
        var role = proposer.Role ?? ModelRole.Planner;
        var question = new ModelQuestion(Key(asked, $"{round}-{proposer.Name}"), asked.TaskId, loop.Name, role, [ModelMessage.User(prompt)], ProposalAnswer.Schema);
        var (answer, problem) = await models.AskFor<ProposalAnswer>(question, messages => spending.Require(asked, loop, role, messages, cancellationToken), cancellationToken);
        if (answer is null)
            log.Unreadable(asked.TaskId, asked.Attempt, proposer.Name, problem ?? "");

        return answer is null ? null : new Candidate(proposer.Name, answer.Result, answer.Reasoning);
    }

    private async Task<Ballot> Judge(MakePlan asked, LoopDefinition loop, IReadOnlyList<Candidate> candidates, int judge, CancellationToken cancellationToken) => new(
        await Choose(asked, loop, candidates, $"judge-{judge}-forward", cancellationToken),
        await Choose(asked, loop, [.. candidates.Reverse()], $"judge-{judge}-backward", cancellationToken));

    private async Task<string?> Choose(MakePlan asked, LoopDefinition loop, IReadOnlyList<Candidate> candidates, string key, CancellationToken cancellationToken)
    {
        var letters = candidates.Select((candidate, place) => (candidate.Name, Letter: ((char)('A' + place)).ToString(CultureInfo.InvariantCulture))).ToList();
        var most = Room(loop);
        var (prompt, _) = prompts.Of(PromptTemplate.Choose, asked, loop, more: new Dictionary<string, object?>
        {
            ["candidates"] = candidates.Select((candidate, place) => new Dictionary<string, object?> { ["letter"] = letters[place].Letter, ["text"] = candidate.Shown(most) }).ToList(),
            ["letters"] = string.Join("\" or \"", letters.Select(one => one.Letter)),
        });
        var question = new ModelQuestion(Key(asked, key), asked.TaskId, loop.Name, ModelRole.Judge, [ModelMessage.User(prompt)], ChoiceAnswer.Schema);
        var (answer, problem) = await models.AskFor<ChoiceAnswer>(question, messages => spending.Require(asked, loop, ModelRole.Judge, messages, cancellationToken), cancellationToken);
        if (answer is null)
            log.Unreadable(asked.TaskId, asked.Attempt, "the judge", problem ?? "");

        return letters.Find(one => one.Letter == answer?.Best?.Trim()).Name;
    }

    private static IReadOnlyList<Candidate> Turned(List<Candidate> candidates, int by) => [.. candidates.Skip(by % candidates.Count), .. candidates.Take(by % candidates.Count)];

    // For each of the candidates: they all have three tenths of the context, at most.
    private static int Room(LoopDefinition loop) =>
        (loop.Context ?? new ContextPolicy()).Tokens * TokenEstimate.CharactersPerToken / 10 * CandidateTenths / Math.Max(1, loop.Debate!.Proposers.Count);

    private const int CandidateTenths = 3;

    private static string Key(MakePlan asked, string what) => IdempotencyKey.For(asked.TaskId, "debate", $"{asked.Attempt}-{what}");
}
