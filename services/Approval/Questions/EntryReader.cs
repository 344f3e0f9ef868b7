using System.Text;
using System.Text.Json;
using LoopBus.Approval.Web;
using LoopBus.Loops.Tools;

namespace LoopBus.Approval.Questions;

/// <summary>Makes a ballot of what a person typed, or says which field is wrong.</summary>
internal sealed class EntryReader(ToolCatalogue tools)
{
    public EntryProblem? Read(Question question, Entry entry, Guid operatorId, string by, out Ballot? ballot)
    {
        ballot = null;
        if (EntryText.Read("comment", "The comment", entry.Comment, 4000, out var comment) is { } problem)
            return problem;

        var read = new Ballot(question.Id, operatorId, by, entry.Decision == Entry.Accept, comment, entry.ActionHash ?? "");
        problem = question.Kind switch
        {
            QuestionKind.Action when entry.Decision == Entry.Edit => Edit(question, entry, ref read),
            QuestionKind.Action => Left(question, entry),
            QuestionKind.Escalation => Help(question, entry, by, ref read),
            QuestionKind.Doubt => Output(entry, ref read),
            _ => null,
        };
        ballot = problem is null ? read : null;
        return problem;
    }

    // Whoever accepts what they have just changed would be surprised by what is done.
    private static EntryProblem? Left(Question question, Entry entry) =>
        string.IsNullOrWhiteSpace(entry.Arguments) || EditedArguments.AreThose(entry.Arguments, Brief.Of(question).Arguments!.Value)
            ? null
            : new("arguments", "The arguments are changed in the form, and nothing was decided. Propose them anew, or take the change back.");

    private EntryProblem? Edit(Question question, Entry entry, ref Ballot read)
    {
        var present = Brief.Of(question).Arguments!.Value;
        var problem = EditedArguments.Read(entry.Arguments, present, tools.Find(question.Tool!)?.Input, out var json);
        read = read with { Edited = json };
        return problem is null ? null : new("arguments", $"The arguments {problem}");
    }

    private static EntryProblem? Help(Question question, Entry entry, string by, ref Ballot read)
    {
        var problem = Interventions.Read(entry, Brief.Of(question).Packet, by, out var intervention);
        read = read with { Intervention = intervention };
        return problem;
    }

    private static EntryProblem? Output(Entry entry, ref Ballot read)
    {
        if (string.IsNullOrWhiteSpace(entry.Output))
            return null;
        if (entry.Output.Length > 100_000)
            return new("output", "The output may have 100000 characters.");
        if (JsonText.Parse(Encoding.UTF8.GetBytes(entry.Output)) is not { } value)
            return new("output", "What it returned is not JSON. Correct it, or leave it empty.");

        read = read with { Output = JsonSerializer.Serialize(value) };
        return null;
    }
}
