using LoopBus.Contracts.Execution;
using LoopBus.Executor.Steps;

namespace LoopBus.Executor;

internal static partial class ExecutorLog
{
    public static void Ended(ILogger logger, string taskId, string stepId, int attempt, string tool, StepOutcome outcome, double milliseconds)
    {
        if (outcome.Reason is { } reason)
            StepNotDone(logger, taskId, stepId, attempt, tool, outcome.End.ToString(), reason.Code, reason.Text);
        else
            StepDone(logger, taskId, stepId, attempt, tool, milliseconds, outcome.FromLedger);
    }

    public static void Ended(ILogger logger, ExecuteSegment segment, StepReport report)
    {
        var tool = segment.Steps.First(step => step.StepId == report.StepId).Tool;

        if (report.Reason is { } reason)
            StepNotDone(logger, segment.TaskId, report.StepId, report.Attempt, tool, report.Performative, reason.Code, reason.Text);
        else
            StepDone(logger, segment.TaskId, report.StepId, report.Attempt, tool, (report.EndedAt - report.StartedAt).TotalMilliseconds, report.FromLedger);
    }

    [LoggerMessage(1, LogLevel.Debug, "Step {StepId} of {TaskId}, attempt {Attempt}: {Tool} done in {Milliseconds} ms (from the ledger: {FromLedger}).")]
    private static partial void StepDone(ILogger logger, string taskId, string stepId, int attempt, string tool, double milliseconds, bool fromLedger);

    [LoggerMessage(2, LogLevel.Warning, "Step {StepId} of {TaskId}, attempt {Attempt}: {Tool} {End}: {Code}: {Text}")]
    private static partial void StepNotDone(ILogger logger, string taskId, string stepId, int attempt, string tool, string end, string code, string text);

    [LoggerMessage(3, LogLevel.Warning, "The lease on effect {Key} could not be renewed.")]
    public static partial void LeaseNotRenewed(ILogger logger, Exception exception, string key);

    [LoggerMessage(4, LogLevel.Error, "The tool {Tool} threw what it does not declare.")]
    public static partial void ToolThrew(ILogger logger, Exception exception, string tool);

    [LoggerMessage(5, LogLevel.Error, "The tool {Tool} did not stop when its time was up; it may still be at work.")]
    public static partial void ToolDidNotStop(ILogger logger, string tool);

    [LoggerMessage(6, LogLevel.Warning, "The probe of {Tool} could not say whether effect {Key} happened.")]
    public static partial void ProbeFailed(ILogger logger, Exception exception, string tool, string key);

    [LoggerMessage(7, LogLevel.Warning, "The circuit to {Target} is {State}.")]
    public static partial void CircuitChanged(ILogger logger, string target, string state);

    [LoggerMessage(8, LogLevel.Information, "The MCP server {Server} runs; it has {Tools} tools.")]
    public static partial void McpServerStarted(ILogger logger, string server, int tools);

    [LoggerMessage(9, LogLevel.Debug, "The MCP server {Server} writes: {Line}")]
    public static partial void McpServerSaid(ILogger logger, string server, string line);

    [LoggerMessage(10, LogLevel.Warning, "The MCP server {Server} does not answer; it is ended, and started again when it is needed.")]
    public static partial void McpServerNotWell(ILogger logger, Exception exception, string server);

    [LoggerMessage(11, LogLevel.Debug, "The bid for step {StepId} of {TaskId} is rejected: {Text}")]
    public static partial void BidRejected(ILogger logger, string taskId, string stepId, string text);
}
