using LoopBus.Acceptance.Tests.Stage;

namespace LoopBus.Acceptance.Tests.HappyPath;

[Collection(OneSystem.Name)]
public sealed class When_a_review_is_triggered(LoopBusSystem system)
{
    [Fact]
    public async Task Should_post_what_it_found_once_a_person_has_approved_it()
    {
        var shop = await Shop.Make(system, "approved");
        system.Models.Add(Says.Reviewer(
            "src/Shop/Customers.cs",
            Says.Fault(15, "return command.ExecuteReader();", "resources", "The command is disposed before its reader is read."),
            Says.Fault(14, "SELECT id, name FROM customers", "security", "Whoever names a customer writes SQL."),
            Says.Fault(21, "eval(id)", "correctness", "It runs what it is given.")));
        system.Models.Add(Says.Reviewer("src/Shop/Mail.cs", Says.Fault(1, "using System.Text;", "data", "It was there before.")));
        await using var answers = await Answers.Open(system);
        await using var outcomes = await Answers.Open(system, exchange: "outcome");
        await system.Publish(Some.Review("review-approved", shop.Path), new() { ReplyTo = answers.Queue, CorrelationId = "mine" });
        await answers.With("agree");

        await system.Until("review-approved", "awaiting-approval");
        (await shop.Note()).ShouldBeNull("nothing is posted before a person has decided");

        await using var desk = await Desk.SignIn(system);
        await desk.Open("review-approved");
        (await desk.Page.ContentAsync()).ShouldContain("review.post_notes");
        await desk.Accept("Read it: it is right.");

        var run = await system.Until("review-approved", "completed");
        var note = (await shop.Note()).ShouldNotBeNull("the approved review is on the commit");
        foreach (var file in await shop.ChangedFiles())
            note.ShouldContain(file);
        note.ShouldContain("src/Shop/Customers.cs:15  model/resources");
        note.ShouldContain("src/Shop/Customers.cs:14  security/sql-injection");
        note.Split("model/").Length.ShouldBe(2, "of what the model said one stands, and is new");
        note.ShouldContain("A model looked too. Left out of what it said: 1 about lines that did not change, 1 with words that are not there. Rules found 1 of its findings too.");
        run.GetProperty("tokens").GetInt64().ShouldBeGreaterThan(0);
        run.GetProperty("steps").EnumerateArray()
            .Single(step => step.GetProperty("tool").GetString() == "review.post_notes")
            .GetProperty("approvers").EnumerateArray().Select(by => by.GetString()).ShouldBe(["ada"]);
        (await answers.With("inform")).CorrelationId.ShouldBe("mine");
        outcomes.All.ShouldContain(outcome => outcome.RoutingKey == "code-review.completed");
    }
}
