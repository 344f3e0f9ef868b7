using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using LoopBus.Coordinator.Intake;
using LoopBus.Testing.Fuzz;
using Microsoft.Extensions.Options;
using Xunit.Abstractions;

namespace LoopBus.Coordinator.Tests.Runs;

[Collection(Measured.Name)]
public sealed class When_any_bytes_come_as_a_trigger(ITestOutputHelper output)
{
    private const int Inputs = 60_000;

    private static readonly byte[][] Good =
    [
        """{ "taskId": "review-42", "taskType": "code-review", "input": { "repository": "/srv/shop", "range": "HEAD~1..HEAD" } }"""u8.ToArray(),
        """{ "taskId": "a:b", "taskType": "keep-file@1.0.0", "input": {}, "triggeredBy": "webhook", "triggeredAt": "2026-11-20T21:00:00Z", "maxIterations": 25, "priority": 9, "parent": "p" }"""u8.ToArray(),
    ];

    private readonly TriggerReader reader = new(Options.Create(new CoordinatorOptions()));

    [Fact]
    public async Task Should_be_taken_or_refused_with_a_reason()
    {
        var mutations = new Mutations(11, Good);

        var report = await Barrage.Run(Inputs, mutations.Next, Read);

        output.WriteLine($"{report}");
        report.Outcomes.Keys.ShouldBeSubsetOf(["taken", "unparseable", "not-an-object", "wrong-fields", "too-large"]);
        report.Slowest.ShouldBeLessThan(TimeSpan.FromSeconds(3));
        report.Growth.ShouldBeLessThan(8 * 1024 * 1024);
    }

    [Fact]
    public void Should_refuse_any_fields_that_are_none_of_a_trigger_s() =>
        Prop.ForAll<Dictionary<NonNull<string>, string>>(fields =>
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(fields.ToDictionary(field => field.Key.Get, field => field.Value));
            return Read(json) is "wrong-fields";
        }).QuickCheckThrowOnFailure();

    private string Read(byte[] body)
    {
        var (trigger, problem) = reader.Read(body);
        (trigger is null).ShouldBe(problem is not null);
        problem?.Text.ShouldNotBeNullOrWhiteSpace();
        // What is answered and stored is text that a database and a broker take.
        if (trigger is not null)
            Encoding.UTF8.GetByteCount(trigger.TaskId).ShouldBeInRange(1, 200);
        return problem?.Code ?? "taken";
    }
}
