namespace LoopBus.Approval.Questions;

/// <summary>What a person is asked: to let an action be done, to let a stuck run go on, or to say whether an effect in doubt happened.</summary>
internal enum QuestionKind
{
    Action,
    Escalation,
    Doubt,
}
