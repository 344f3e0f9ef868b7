using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using LoopBus.Contracts.Runs;
using LoopBus.Hosting.Web;
using LoopBus.Loops.Json;
using Microsoft.Extensions.Options;

namespace LoopBus.Coordinator.Intake;

/// <summary>Reads a trigger's plain JSON, and names every field that is wrong.</summary>
internal sealed partial class TriggerReader(IOptions<CoordinatorOptions> options)
{
    /// <summary>The fields that a trigger may have.</summary>
    public static readonly IReadOnlySet<string> Known = new HashSet<string> { "taskId", "taskType", "input", "triggeredBy", "triggeredAt", "maxIterations", "priority", "parent", "tenant" };

    public (RunLoop? Trigger, TriggerProblem? Problem) Read(ReadOnlyMemory<byte> body)
    {
        if (body.Length > options.Value.MostTriggerBytes)
            return (null, TriggerProblem.Of("too-large", understood: false, "", $"The trigger has more than {options.Value.MostTriggerBytes} bytes, the most that are taken. Put large data where a tool can read it."));

        if (!Utf8.IsValid(body.Span))
            return (null, TriggerProblem.Of("unparseable", understood: false, "", "The trigger is no UTF-8 text."));

        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = options.Value.MostTriggerDepth });
            if (body.Span.IndexOf("\\u"u8) >= 0)
                JsonTexts.ReadAll(json.RootElement);

            return json.RootElement.ValueKind == JsonValueKind.Object
                ? Read(json.RootElement)
                : (null, TriggerProblem.Of("not-an-object", understood: false, "", "The trigger must be a JSON object with taskId, taskType and input."));
        }
        catch (JsonException exception)
        {
            return (null, TriggerProblem.Of("unparseable", understood: false, "", $"The trigger is no JSON that can be read (nesting up to {options.Value.MostTriggerDepth}){JsonTexts.Problem(exception)}"));
        }
        catch (InvalidOperationException)
        {
            return (null, TriggerProblem.Of("unparseable", understood: false, "", "A text in the trigger holds half of a surrogate pair (\\ud800 to \\udfff alone), which is no Unicode text."));
        }
    }

    private static (RunLoop? Trigger, TriggerProblem? Problem) Read(JsonElement json)
    {
        var problems = new Dictionary<string, string[]>();
        var fields = new Dictionary<string, JsonElement>();

        foreach (var field in json.EnumerateObject())
            if (!Known.Contains(field.Name))
                problems[field.Name] = [$"is no field of a trigger; known are {string.Join(", ", Known)}."];
            else if (!fields.TryAdd(field.Name, field.Value))
                problems[field.Name] = ["is given twice."];

        var trigger = new RunLoop(
            Text("taskId", required: true, TaskId().IsMatch, "must be 1-200 characters of A-Z a-z 0-9 . _ : -") ?? "",
            Text("taskType", required: true, TaskType().IsMatch, "must be a loop's name, or name@version") ?? "",
            Input(),
            Text("triggeredBy", required: false, Short().IsMatch, "must be a text of at most 200 characters"),
            Time("triggeredAt"),
            Number("maxIterations", 1, 1000),
            Number("priority", 0, 9),
            Text("parent", required: false, TaskId().IsMatch, "must be the taskId of the run that this one belongs to"),
            Tenant: Text("tenant", required: false, TenantName.IsValid, TenantName.Rule));

        return problems.Count == 0 ? (trigger, null) : (null, new TriggerProblem("wrong-fields", Understood: false, problems));

        string? Text(string name, bool required, Func<string, bool> rule, string says)
        {
            if (!Given(name, out var value))
            {
                if (required)
                    problems[name] = ["is missing."];
                return null;
            }

            if (value.ValueKind == JsonValueKind.String && rule(value.GetString()!))
                return value.GetString();

            problems[name] = [$"{says}."];
            return null;
        }

        int? Number(string name, int least, int most)
        {
            if (!Given(name, out var value))
                return null;
            if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most)
                return number;

            problems[name] = [$"must be a whole number from {least} to {most}."];
            return null;
        }

        DateTimeOffset? Time(string name)
        {
            if (!Given(name, out var value))
                return null;
            if (value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var at))
                return at;

            problems[name] = ["must be a time in ISO 8601, such as 2026-11-20T21:00:00Z."];
            return null;
        }

        JsonElement? Input()
        {
            if (!Given("input", out var value))
                return null;
            if (value.ValueKind == JsonValueKind.Object)
                return value.Clone();

            problems["input"] = ["must be a JSON object that fits the loop's input schema."];
            return null;
        }

        bool Given(string name, out JsonElement value) => fields.TryGetValue(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._:\-]{1,200}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    public static partial Regex TaskId();

    [GeneratedRegex(@"\A[A-Za-z0-9._\-]{1,100}(@[A-Za-z0-9._\-]{1,50})?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TaskType();

    [GeneratedRegex(@"\A[^\p{Cc}]{0,200}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Short();
}
