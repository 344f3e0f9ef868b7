using LoopBus.ModelServer.Scripts;

namespace LoopBus.Acceptance.Tests.Stage;

/// <summary>What models say in these stories: decisions of a planner, judgements of a judge.</summary>
internal static class Says
{
    public static Reply Act(string tool, object arguments) =>
        Reply.OfJson(new { subgoal = $"See what {tool} brings.", confidence = 0.9, reasoning = "It is needed.", action = new { tool, arguments, compensate = (object?)null }, finish = (object?)null });

    public static Reply Finish(object result) =>
        Reply.OfJson(new { subgoal = "Say what came of it.", confidence = 0.9, reasoning = "All is read.", action = (object?)null, finish = new { result } });

    /// <summary>Each of so many criteria holds, as these words of the result show.</summary>
    public static Reply Holds(int criteria, string quote) =>
        Reply.OfJson(new { criteria = Enumerable.Range(1, criteria).Select(number => new { number, holds = true, quote, reason = "There it stands." }) });

    public static Reply Objects(int criteria, string reason) =>
        Reply.OfJson(new { criteria = Enumerable.Range(1, criteria).Select(number => new { number, holds = false, quote = (string?)null, reason }) });

    /// <summary>To the planner's questions that have this mark in them.</summary>
    public static Rule Planner(string mark, params IReadOnlyList<Reply> replies) => new() { When = new When { Contains = [mark, "# Tools"] }, Then = replies };

    /// <summary>To the judge's questions that have this mark in them.</summary>
    public static Rule Judge(string mark, params IReadOnlyList<Reply> replies) => new() { When = new When { Model = LoopBusSystem.JudgeModel, Contains = [mark] }, Then = replies };

    /// <summary>To the reviewer's one question about a file.</summary>
    public static Rule Reviewer(string path, params IReadOnlyList<object> findings) =>
        new() { When = new When { Model = LoopBusSystem.ReviewModel, Contains = [path] }, Then = [Reply.OfJson(new { findings })], Once = true };

    public static object Fault(int line, string quote, string kind, string message) => new { line, side = "new", kind, severity = "high", confidence = 0.9, quote, message };

    public static int AsksOfJudge(LoopBusSystem system, string mark) => system.Models.Journal.Calls.Count(call => call.Model == LoopBusSystem.JudgeModel && call.Says(mark));
}
