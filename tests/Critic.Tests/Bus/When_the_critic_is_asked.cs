using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Critique;
using LoopBus.Hosting;
using LoopBus.Testing.Processes;

namespace LoopBus.Critic.Tests.Bus;

public sealed class When_the_critic_is_asked(CriticFixture critic) : IClassFixture<CriticFixture>
{
    private readonly string task = $"task-{Guid.NewGuid():n}";

    [Fact]
    public async Task Should_inform_of_its_verdict_in_the_conversation_that_asked()
    {
        var conversation = Guid.NewGuid();

        await critic.Say(Counted(limit: 3), new AclParameters { ConversationId = conversation, Protocol = Protocols.Query, ReplyWith = "ask-1" });
        var answer = (await critic.Answers(task, 1)).Single();

        (answer.Performative, answer.Conversation, answer.InReplyTo).ShouldBe(("inform", conversation, "ask-1"));
        answer.Verdict!.Holds.ShouldBeTrue();
        answer.Verdict.Evidence.Single().ShouldBe(new Evidence("count-below", true, "findings counts 2, below 3."));
    }

    [Fact]
    public async Task Should_say_by_what_a_result_does_not_hold()
    {
        var verdict = (await critic.Ask(Counted(limit: 1))).Verdict!;

        verdict.Holds.ShouldBeFalse();
        (verdict.TaskId, verdict.Subject, verdict.Attempt).ShouldBe((task, "aggregate", 1));
    }

    [Fact]
    public async Task Should_give_the_same_verdict_to_the_same_question_whatever_changed_since()
    {
        var commit = critic.Scratch.Write("a.txt", task).Commit();
        critic.Scratch.Git("notes", "--ref=refs/notes/loopbus-review", "add", "-m", "reviewed", commit);
        var asked = Noted(commit);

        var first = (await critic.Ask(asked)).Verdict!;
        critic.Scratch.Git("notes", "--ref=refs/notes/loopbus-review", "remove", commit);
        var again = (await critic.Ask(asked)).Verdict!;
        var anew = (await critic.Ask(asked with { Attempt = 2 })).Verdict!;

        first.Holds.ShouldBeTrue();
        JsonSerializer.Serialize(again).ShouldBe(JsonSerializer.Serialize(first));
        anew.Holds.ShouldBeFalse();
        (await critic.Database.Count($"critic.verdicts where task_id = '{task}'")).ShouldBe(2);
    }

    [Fact]
    public async Task Should_fail_another_question_under_the_same_key()
    {
        await critic.Ask(Counted(limit: 3));

        var failure = (await critic.Ask(Counted(limit: 4))).Failure!;

        failure.Code.ShouldBe("key-reused");
        failure.Retryable.ShouldBeFalse();
    }

    [Fact]
    public async Task Should_fail_for_now_and_keep_nothing_where_the_ground_cannot_be_seen()
    {
        var asked = Noted(critic.Scratch.Write("a.txt", task).Commit());
        var notes = Directory.CreateDirectory(Path.Combine(critic.Scratch.Folder, ".git", "refs", "notes")).FullName;
        var pipe = Path.Combine(notes, "loopbus-review"); // git reads it until somebody writes: nobody does
        File.Delete(pipe);
        await Shell.Run("mkfifo", pipe);

        try
        {
            await critic.Restart(("LoopBus:Git:TimeoutSeconds", "0.5"));
            (await critic.Ask(asked)).Failure.ShouldNotBeNull().ShouldSatisfyAllConditions(
                failure => failure.Code.ShouldBe("timed-out"), failure => failure.Retryable.ShouldBeTrue());
        }
        finally
        {
            File.Delete(pipe);
            await critic.Restart();
        }

        (await critic.Ask(asked)).Verdict.ShouldNotBeNull().Holds.ShouldBeFalse();
    }

    private ResultHolds Counted(int limit) =>
        Asked.About("""{ "findings": [1, 2] }""", ("count-below", JsonSerializer.Serialize(new { path = "findings", limit }))) with { TaskId = task };

    private ResultHolds Noted(string commit) =>
        Asked.About("{}", ("notes-exist", JsonSerializer.Serialize(new { repository = critic.Scratch.Folder, commit }))) with { TaskId = task };
}
