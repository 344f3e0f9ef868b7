namespace LoopBus.Executor.Steps;

internal enum StepEnd
{
    Done,
    Failed,
    Refused,
    InDoubt,
}
