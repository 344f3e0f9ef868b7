using LoopBus.Models;
using LoopBus.ModelServer.Scripts;

namespace LoopBus.Planner.Tests.Models;

public sealed class When_a_model_is_asked(ModelFixture models) : IClassFixture<ModelFixture>
{
    private readonly string model = models.NewModel();

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task Should_bring_the_answer_with_its_tokens_and_its_price(string kind)
    {
        models.Says(model, new Reply { Text = "It depends.", Usage = new Usage(120, 30) });

        var answer = await ModelFixture.Ask(models.Start(model, kind), Question("What now?"));

        (answer.Text, answer.InputTokens, answer.OutputTokens, answer.Finish, answer.FromJournal).ShouldBe(("It depends.", 120, 30, "stop", false));
        answer.Usd.ShouldBe(0.18m);
    }

    [Fact]
    public async Task Should_pay_for_an_answer_once_though_the_process_dies_before_it_is_used()
    {
        models.Says(model, "the first", "the second");
        var question = Question("What now?");
        var first = models.Start(model);
        await ModelFixture.Ask(first, question);
        await first.DisposeAsync();

        var again = await ModelFixture.Ask(models.Start(model), question);

        (again.Text, again.FromJournal, models.Calls(model)).ShouldBe(("the first", true, 1));
    }

    [Fact]
    public async Task Should_pay_for_an_answer_once_though_it_can_not_be_kept_when_it_comes()
    {
        models.Says(model, new Reply { Text = "the first", Delay = 1_000 }, "the second");
        var app = models.Start(model);
        var question = Question("What now?");

        var asking = ModelFixture.Ask(app, question);
        await models.Under(model, 1);
        await models.Scalar("alter table planner.model_call rename to gone");
        try
        {
            await Should.ThrowAsync<System.Data.Common.DbException>(asking);
        }
        finally
        {
            await models.Scalar("alter table planner.gone rename to model_call");
        }

        ((await ModelFixture.Ask(app, question)).Text, models.Calls(model)).ShouldBe(("the first", 1));
    }

    [Fact]
    public async Task Should_not_take_the_same_key_for_another_prompt()
    {
        models.Says(model, "yes");
        var app = models.Start(model);
        var question = Question("Is it?");
        await ModelFixture.Ask(app, question);

        var failure = await Should.ThrowAsync<ModelException>(() => ModelFixture.Ask(app, question with { Messages = [ModelMessage.User("Is it not?")] }));

        (failure.Reason.Code, failure.Reason.Retryable).ShouldBe(("key-reused", false));
    }

    [Fact]
    public async Task Should_keep_an_answer_that_no_database_could_hold_as_it_is()
    {
        models.Says(model, "a\0b");
        var app = models.Start(model);
        var question = Question("What?");

        await ModelFixture.Ask(app, question);

        (await ModelFixture.Ask(app, question)).Text.ShouldBe("a\uFFFDb");
    }

    [Theory]
    [InlineData("openai", Misbehaviours.RateLimitedThenFine)]
    [InlineData("anthropic", Misbehaviours.RateLimitedThenFine)]
    [InlineData("anthropic", Misbehaviours.OverloadedThenFine)]
    public async Task Should_ask_again_where_it_was_clearly_not_answered(string kind, string how)
    {
        models.Misbehaves(model, how, "fine");

        var answer = await ModelFixture.Ask(models.Start(model, kind), Question("What now?"));

        (answer.Text, models.Calls(model)).ShouldBe(("fine", 2));
    }

    [Fact]
    public async Task Should_not_wait_longer_for_a_busy_model_than_it_may()
    {
        models.Says(model, Reply.Failing(429, retryAfter: 90));

        var failure = await Should.ThrowAsync<ModelException>(() => ModelFixture.Ask(models.Start(model), Question("What now?")));

        (failure.Reason.Code, failure.Reason.Retryable, models.Calls(model)).ShouldBe(("model-busy", true, 1));
    }

    [Theory]
    [InlineData("openai", 400)]
    [InlineData("anthropic", 400)]
    [InlineData("openai", 404)]
    public async Task Should_not_ask_again_what_was_refused(string kind, int status)
    {
        models.Says(model, new Reply { Status = status, Message = "no such thing" });

        var failure = await Should.ThrowAsync<ModelException>(() => ModelFixture.Ask(models.Start(model, kind), Question("What now?")));

        (failure.Reason.Code, failure.Reason.Retryable, models.Calls(model)).ShouldBe(("model-refused", false, 1));
        failure.Reason.Text.ShouldBe($"The model endpoint main answered {status}: no such thing");
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task Should_name_the_setting_and_not_the_key_where_the_key_is_wrong(string kind)
    {
        models.Says(model, "fine");

        var failure = await Should.ThrowAsync<ModelException>(() => ModelFixture.Ask(models.Start(model, kind, ("main:ApiKey", "sk-wrong-secret")), Question("What now?")));

        failure.Reason.Text.ShouldBe("The model endpoint main answered 401: check LoopBus:Models:Endpoints:main:ApiKey.");
        failure.ToString().ShouldNotContain("sk-wrong");
    }

    [Theory]
    [InlineData("openai", Misbehaviours.FailingAlways)]
    [InlineData("anthropic", Misbehaviours.FailingAlways)]
    [InlineData("openai", Misbehaviours.CutConnection)]
    [InlineData("openai", Misbehaviours.BrokenJson)]
    [InlineData("anthropic", Misbehaviours.BrokenJson)]
    [InlineData("openai", Misbehaviours.HtmlPage)]
    [InlineData("anthropic", Misbehaviours.HtmlPage)]
    public async Task Should_fall_back_to_the_next_endpoint(string kind, string how)
    {
        var spare = models.NewModel();
        models.Misbehaves(model, how, "fine");
        models.Says(spare, "from the spare");
        var app = models.Start(model, kind, [.. Spare(spare), ("main:Fallback", "spare")]);

        var answer = await ModelFixture.Ask(app, Question("What now?"));

        (answer.Text, answer.Endpoint, answer.Model).ShouldBe(("from the spare", "spare", spare));
    }

    [Fact]
    public async Task Should_give_up_a_model_that_never_answers()
    {
        models.Misbehaves(model, Misbehaviours.Silent);

        var failure = await Should.ThrowAsync<ModelException>(() => ModelFixture.Ask(models.Start(model, "openai", ("main:TimeoutSeconds", "0.5"), ("main:Retries", "1")), Question("What now?")));

        (failure.Reason.Code, models.Calls(model)).ShouldBe(("model-timeout", 2));
    }

    [Fact]
    public async Task Should_leave_a_model_alone_that_fails_all_the_time()
    {
        models.Misbehaves(model, Misbehaviours.FailingAlways);
        var app = models.Start(model, "openai", ("main:Retries", "0"), ("main:BreakerCalls", "3"), ("main:BreakerCooldownSeconds", "600"));

        var failures = new List<string>();
        for (var call = 0; call < 10; call++)
            failures.Add((await Should.ThrowAsync<ModelException>(() => ModelFixture.Ask(app, Question($"{call}")))).Reason.Text);

        models.Calls(model).ShouldBeLessThan(10);
        failures[^1].ShouldBe("The model endpoint main failed too often; it is asked again within 600 s.");
    }

    [Fact]
    public async Task Should_wait_for_many_slow_answers_at_once_without_a_thread_for_each()
    {
        models.Says(model, new Reply { Text = "at last", Delay = 3_000 });
        var app = models.Start(model);
        var before = ThreadPool.ThreadCount;

        var answers = Task.WhenAll(Enumerable.Range(0, 64).Select(one => ModelFixture.Ask(app, Question($"{one}"))));
        await models.Under(model, 64);
        var threads = ThreadPool.ThreadCount - before;

        (await answers).ShouldAllBe(answer => answer.Text == "at last");
        models.Calls(model).ShouldBe(64);
        threads.ShouldBeLessThan(32);
    }

    [Fact]
    public async Task Should_say_what_to_set_where_no_model_is_chosen()
    {
        var app = models.Start(model);

        var failure = await Should.ThrowAsync<ModelException>(() => ModelFixture.Ask(app, Question("What now?") with { Role = ModelRole.Judge }));

        failure.Reason.Text.ShouldBe("No model is chosen for the judge of answer. Set LoopBus:Models:Roles:judge to one of LoopBus:Models:Endpoints.");
    }

    private IEnumerable<(string Key, string Value)> Spare(string spare) =>
        models.Endpoint("spare", "anthropic", spare).Select(setting => (setting.Key["LoopBus:Models:Endpoints:".Length..], setting.Value!));

    private static ModelQuestion Question(string text) =>
        new($"{Guid.NewGuid():n}", $"task-{Guid.NewGuid():n}", "answer", ModelRole.Planner, [ModelMessage.System("Be brief."), ModelMessage.User(text)]);
}
