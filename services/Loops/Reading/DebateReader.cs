using System.Text.RegularExpressions;
using LoopBus.Loops.Checking;
using LoopBus.Loops.Debating;

namespace LoopBus.Loops.Reading;

/// <summary>Reads how a loop debates.</summary>
internal static partial class DebateReader
{
    private const int FewestProposers = 2;
    private const int MostProposers = 7;

    // As whom a proposer's model may be chosen: anything but the judge.
    private static readonly string[] Roles = ["planner", "critic", "summarizer"];

    public static DebateRules Read(Section loop, List<Problem> problems)
    {
        var debate = loop.Inner("debate", "proposers", "rounds", "judges", "quorum", "decision");
        var proposers = new List<Proposer>();
        foreach (var (path, node) in debate.Mappings("proposers", required: true))
        {
            var proposer = new Section(node, path, problems, "name", "persona", "role");
            var name = proposer.Text("name", Name(), "lower-case letters, digits and -, at most 32");
            if (proposers.Exists(other => other.Name == name))
                proposer.Wrong("name", $"'{name}' is there twice.");
            proposers.Add(new Proposer(name, proposer.Text("persona"), proposer.Has("role") ? proposer.OneOf("role", Roles[0], Roles) : null));
        }

        if (proposers.Count is < FewestProposers or > MostProposers)
            debate.Wrong("proposers", $"a debate has {FewestProposers} to {MostProposers} proposers; here are {proposers.Count}.");

        var standard = new DebateRules([]);

        return new DebateRules(
            proposers,
            debate.Integer("rounds", standard.Rounds, 0, 5),
            debate.Integer("judges", standard.Judges, 1, 9),
            debate.OneOf("quorum", standard.Quorum, DebateRules.Majority, DebateRules.TwoThirds),
            debate.Way("decision"));
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,31}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
