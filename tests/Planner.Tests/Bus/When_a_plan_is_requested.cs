using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Planning;
using LoopBus.Hosting;

namespace LoopBus.Planner.Tests.Bus;

public sealed class When_a_plan_is_requested(PlannerFixture planner) : IClassFixture<PlannerFixture>
{
    private readonly string task = $"task-{Guid.NewGuid():n}";

    [Fact]
    public async Task Should_propose_the_script_in_the_conversation_that_asked()
    {
        var conversation = Guid.NewGuid();

        await planner.Say(new Request<MakePlan>(Scripted.Asked(task)), new AclParameters { ConversationId = conversation, Protocol = Protocols.Planning, ReplyWith = "ask-1" });
        var answer = (await planner.Answers(task, 1)).Single();

        answer.Plan!.Steps.Select(step => step.Id).ShouldBe(["read", "again"]);
        (answer.Performative, answer.Conversation, answer.InReplyTo, answer.Protocol).ShouldBe(("propose", conversation, "ask-1", Protocols.Planning));
    }

    [Fact]
    public async Task Should_propose_the_same_recorded_plan_to_the_same_request()
    {
        await planner.Ask(Scripted.Asked(task));
        await planner.Answers(task, 1);
        await planner.Ask(Scripted.Asked(task));
        var answers = await planner.Answers(task, 2);

        JsonSerializer.Serialize(answers[1].Plan).ShouldBe(JsonSerializer.Serialize(answers[0].Plan));
        (await planner.Database.Count($"planner.plans where task_id = '{task}'")).ShouldBe(1);
    }

    [Fact]
    public async Task Should_make_one_plan_where_many_ask_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => planner.Ask(Scripted.Asked(task))));
        var answers = await planner.Answers(task, 12);

        answers.Select(answer => JsonSerializer.Serialize(answer.Plan)).Distinct().Count().ShouldBe(1);
        (await planner.Database.Count($"planner.plans where task_id = '{task}'")).ShouldBe(1);
    }

    [Fact]
    public async Task Should_make_another_plan_for_another_attempt()
    {
        await planner.Ask(Scripted.Asked(task));
        await planner.Ask(Scripted.Asked(task, attempt: 2));
        var answers = await planner.Answers(task, 2);

        answers.Select(answer => answer.Plan!.Attempt).Order().ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Should_refuse_with_a_reason_and_keep_that_too()
    {
        await planner.Ask(Scripted.Asked(task, input: "{}"));
        await planner.Ask(Scripted.Asked(task, input: "{}"));
        var answers = await planner.Answers(task, 2);

        answers.ShouldAllBe(answer => answer.Refusal == new Reason("input-invalid", "The input does not fit the loop: path: is required.", false));
        (await planner.Database.Count($"planner.plans where task_id = '{task}'")).ShouldBe(1);
    }

    [Fact]
    public async Task Should_refuse_another_request_under_the_same_key()
    {
        await planner.Ask(Scripted.Asked(task));
        await planner.Answers(task, 1);
        await planner.Ask(Scripted.Asked(task, input: """{ "path": "other.txt" }"""));

        (await planner.Answers(task, 2))[1].Refusal!.Code.ShouldBe("key-reused");
    }

    [Fact]
    public async Task Should_note_that_the_coordinator_accepted()
    {
        await planner.Ask(Scripted.Asked(task));
        var plan = (await planner.Answers(task, 1)).Single().Plan!;
        await planner.Say(new AcceptProposal<Plan>(plan));

        await planner.Kept(task, "verdict", "accepted");
    }

    [Fact]
    public async Task Should_note_that_the_coordinator_rejected_and_why_and_let_the_first_word_stand()
    {
        await planner.Ask(Scripted.Asked(task));
        var plan = (await planner.Answers(task, 1)).Single().Plan!;
        await planner.Say(new RejectProposal<Plan>(plan, new Reason("plan-breaks-rules", "steps: too many.")));

        await planner.Kept(task, "verdict_reason", "plan-breaks-rules: steps: too many.");
        await planner.Say(new AcceptProposal<Plan>(plan));
        await planner.Ask(Scripted.Asked(task));
        await planner.Answers(task, 2);

        await planner.Kept(task, "verdict", "rejected");
    }
}
