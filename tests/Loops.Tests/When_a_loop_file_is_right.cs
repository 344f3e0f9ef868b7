using System.Text.Json;
using LoopBus.Contracts.Planning;

namespace LoopBus.Loops.Tests;

public sealed class When_a_loop_file_is_right
{
    private readonly LoopDefinition loop = LoopText.Parse(LoopText.Right);

    [Fact]
    public void Should_read_what_it_says()
    {
        (loop.Name, loop.Version, loop.Owner, loop.Planner).ShouldBe(("mirror", "1.0.0", "platform", "scripted"));
        loop.Tools.ShouldBe(["http.request", "file.read", "file.write", "file.restore"]);
        loop.Steps.Select(step => step.Id).ShouldBe(["read", "fetch", "write"]);
        loop.Limits.ShouldBe(new LoopLimits());
        loop.Approval.ShouldBe(new ApprovalPolicy());
        loop.Result.ShouldBe("{{ steps.write.output }}");
    }

    [Fact]
    public void Should_read_each_key_of_a_step()
    {
        var fetch = loop.Steps[1];
        var write = loop.Steps[2];

        fetch.ForEach.ShouldBe("{{ input.urls }}");
        fetch.Parallel.ShouldBe(4);
        fetch.TimeoutSeconds.ShouldBe(30);
        fetch.Retry.ShouldBe(new StepRetry(3, 1, 30));
        fetch.DependsOn.ShouldBe(["read"]);
        write.Compensate!.Tool.ShouldBe("file.restore");
        write.Verify!.Single().Kind.ShouldBe("schema");
        write.Verify!.Single().Parameters.GetProperty("path").GetString().ShouldBe("sha256");
        write.Verify!.Single().Parameters.TryGetProperty("kind", out _).ShouldBeFalse();
    }

    [Fact]
    public void Should_come_back_from_its_canonical_JSON_the_same()
    {
        var back = LoopDefinition.FromJson(loop.ToCanonicalJson());

        back.ToCanonicalJson().ShouldBe(loop.ToCanonicalJson());
        back.Hash.ShouldBe(loop.Hash);
        back.Steps[1].Retry.ShouldBe(loop.Steps[1].Retry);
    }

    [Fact]
    public void Should_have_a_hash_that_follows_the_meaning_and_not_the_layout()
    {
        LoopText.Parse(LoopText.Right.Replace("timeout: 30s", "timeout: '30s' # half a minute")).Hash.ShouldBe(loop.Hash);
        LoopText.Parse(LoopText.Right.Replace("timeout: 30s", "timeout: 31s")).Hash.ShouldNotBe(loop.Hash);
        loop.Hash.Length.ShouldBe(64);
    }

    [Fact]
    public void Should_pass_its_own_script_as_a_plan()
    {
        PlanCheck.Problems(new Plan("t", 1, loop.Steps), loop, Tools.ToolCatalogue.BuiltIn).ShouldBeEmpty();
    }

    [Fact]
    public void Should_refuse_as_a_plan_what_is_not_its_script()
    {
        var other = loop.Steps[0] with { Arguments = JsonSerializer.SerializeToElement(new { path = "/etc/passwd" }) };

        PlanCheck.Problems(new Plan("t", 1, [other, .. loop.Steps.Skip(1)]), loop, Tools.ToolCatalogue.BuiltIn)
            .ShouldBe(["steps: the loop is scripted, and these are not the steps of its script."]);
    }
}
