namespace LoopBus.Approval.Questions;

/// <summary>Why an entry is no decision; Field is the name of the form's field, null where it is not one of them.</summary>
internal sealed record EntryProblem(string? Field, string Text);
