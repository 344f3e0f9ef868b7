using System.Text.Json;

namespace LoopBus.Acceptance.Tests.Stage;

/// <summary>Triggers as people write them.</summary>
internal static class Some
{
    public static string KeepFile(string taskId, string text = "kept") =>
        JsonSerializer.Serialize(new { taskId, taskType = "keep-file", input = new { name = taskId, text }, triggeredBy = "acceptance" });

    public static string Review(string taskId, string repository, string range = "HEAD~1..HEAD") =>
        JsonSerializer.Serialize(new { taskId, taskType = "code-review", input = new { repository, range }, triggeredBy = "acceptance" });

    public static string FanOut(string taskId, int items) =>
        JsonSerializer.Serialize(new { taskId, taskType = "fan-out", input = new { items = Enumerable.Range(0, items).Select(item => $"item {item}") }, triggeredBy = "acceptance" });
}
