using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Runs;
using LoopBus.Coordinator.History;
using LoopBus.Coordinator.Intake;
using LoopBus.Coordinator.Overload;
using LoopBus.Coordinator.Registry;
using LoopBus.Hosting;
using LoopBus.Hosting.Web;
using LoopBus.Persistence;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LoopBus.Coordinator.Api;

/// <summary>The HTTP API: begin, read and steer runs.</summary>
internal static class RunsEndpoints
{
    private const int MostPage = 200;
    private const int MostDecisions = 200;
    private const string OtherTask = "This taskId was taken before, with another loop or input: that is what runs. Take another taskId for this.";

    public static void MapRuns(this WebApplication app)
    {
        var runs = app.MapGroup("/runs").AddEndpointFilter<ApiKeyFilter>().WithTags("Runs").ProducesProblem(StatusCodes.Status401Unauthorized);

        runs.MapPost("/", Begin).WithSummary("Begins a run, with a tenant's key for that tenant; the same taskId again is the same run.").Accepts<RunLoop>("application/json")
            .Produces<RunAccepted>(StatusCodes.Status202Accepted).Produces<RunAccepted>().ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        runs.MapGet("/", List).WithSummary("Lists runs, newest first, to a tenant its own; after is the cursor of the page before.").Produces<RunPage>().ProducesValidationProblem();
        var run = runs.MapGroup("/{taskId}").AddEndpointFilter<OwnRunFilter>().ProducesProblem(StatusCodes.Status404NotFound);
        run.MapGet("", Show).WithSummary("Shows one run with its steps, and what each decision of its models cost and gained.").Produces<RunView>();
        run.MapGet("/history", History).WithSummary("Lists every act in and out of a run, oldest first.").Produces<HistoryPage>();
        run.MapPost("/cancel", Cancel).WithSummary("Turns a run back: undoes its effects, then it is cancelled.").Produces(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status409Conflict);
        run.MapPost("/pause", Pause).WithSummary("Begins nothing new in a run until it is resumed.").Produces(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status409Conflict);
        run.MapPost("/resume", Resume).WithSummary("Goes on with a paused run.").Produces(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status409Conflict);
        app.MapGet("/loops", (LoopRegistry loops, HttpContext http) => LoopPage.Of(loops, showsProblems: Caller.Of(http).Tenant is null))
            .AddEndpointFilter<ApiKeyFilter>().ProducesProblem(StatusCodes.Status401Unauthorized).WithTags("Loops").WithSummary("Lists the loops, and the loop files that were refused with their reasons.");
        app.MapBudgets();
    }

    private static async Task<IResult> Begin(HttpContext http, TriggerReader reader, TriggerIntake intake, CoordinatorDbContext database, IOptions<CoordinatorOptions> options, CancellationToken ct)
    {
        var caller = Caller.Of(http);
        var body = await ReadBody(http.Request, options.Value.MostTriggerBytes, ct);
        var (trigger, problem) = reader.Read(body);
        if (problem is null && intake.Problem(trigger!) is { } unfit)
            problem = unfit;
        if (problem is null && trigger!.Tenant is { } tenant && !caller.Sees(tenant))
            problem = TriggerProblem.Of("wrong-fields", understood: false, "tenant", $"must be {caller.Tenant}, whose key this is; or leave it out.");
        if (problem is not null)
            return Results.ValidationProblem(problem.Fields.ToDictionary(), title: $"The trigger is not taken: {problem.Code}", detail: problem.Text);

        var (isNew, refusal) = await intake.Take(trigger! with { TriggeredBy = trigger.TriggeredBy ?? "http", Tenant = caller.Tenant ?? trigger.Tenant }, ct);
        if (refusal is not null)
            return Refused(http.Response, refusal);
        if (!isNew && !await RunOwner.Sees(database, caller, trigger!.TaskId, ct))
            return Results.Problem($"The taskId {trigger.TaskId} is taken, by a run that is not {caller.Tenant}'s. Take another.", statusCode: StatusCodes.Status409Conflict, title: "The trigger is not taken: taskId");
        var accepted = new RunAccepted(trigger!.TaskId, $"/runs/{trigger.TaskId}", isNew || !await intake.IsOther(trigger, ct) ? null : OtherTask);

        return isNew ? Results.Accepted(accepted.Location, accepted) : Results.Ok(accepted);
    }

    private static async Task<IResult> List(HttpContext http, CoordinatorDbContext database, string? status, string? loop, string? tenant, string? after, int limit = 50, CancellationToken ct = default)
    {
        var state = status is null ? null : RunStatuses.StateOf(status);
        if (status is not null && state is null)
            return Invalid("status", $"must be one of {string.Join(", ", RunStatuses.All.Select(RunStatuses.Of))}.");
        if (limit is < 1 or > MostPage)
            return Invalid("limit", $"must be from 1 to {MostPage}.");
        if (!RunCursor.TryRead(after, out var cursor))
            return Invalid("after", "must be the next of an earlier page.");

        var runs = database.Runs.AsNoTracking().Where(run => (state == null || run.CurrentState == state) && (loop == null || run.Loop == loop));
        foreach (var whose in new[] { tenant, Caller.Of(http).Tenant }.OfType<string>().Select(name => name.ToLowerInvariant()))
            runs = runs.Where(run => run.Tenant == whose);
        if (cursor is { } from)
            runs = runs.Where(run => run.StartedAt < from.StartedAt || (run.StartedAt == from.StartedAt && run.TaskId.CompareTo(from.TaskId) < 0));

        var page = await runs.OrderByDescending(run => run.StartedAt).ThenByDescending(run => run.TaskId).Take(limit).ToListAsync(ct);

        return Results.Ok(new RunPage(page.ConvertAll(RunView.Of), page.Count == limit ? RunCursor.Of(page[^1]) : null));
    }

    private static async Task<IResult> Show(string taskId, CoordinatorDbContext database, TimeProvider time, CancellationToken ct)
    {
        if (await database.Runs.AsNoTracking().FirstOrDefaultAsync(run => run.TaskId == taskId, ct) is { } run)
            return Results.Ok(RunView.Of(run) with { Iterations = await Iterations(run, database, time, ct) });

        return await database.Tasks.AsNoTracking().FirstOrDefaultAsync(task => task.TaskId == taskId, ct) is { } task
            ? Results.Ok(RunView.Of(task, TriggerIntake.TriggerOf(task).TaskType))
            : NoSuchRun(taskId);
    }

    private static async Task<IReadOnlyList<IterationView>?> Iterations(RunState run, CoordinatorDbContext database, TimeProvider time, CancellationToken ct)
    {
        if (run.Document is { Spending.Count: 0, Intents: null } || await RunActs.Since(database, run.TaskId, time.GetUtcNow(), ct) is not { } since)
            return null;
        var acts = await RunActs.Decisions(database, run.TaskId, since, MostDecisions, ct);
        var iterations = RunIterations.Of(acts);

        // What the first of a part took is not known: acts tell sums.
        return iterations.Count == 0 ? null : acts.Count == MostDecisions ? [.. iterations.Skip(1)] : iterations;
    }

    private static async Task<IResult> History(string taskId, CoordinatorDbContext database, TimeProvider time, long after = 0, int limit = 200, CancellationToken ct = default)
    {
        if (limit is < 1 or > 1000)
            return Invalid("limit", "must be from 1 to 1000.");
        if (await RunActs.Since(database, taskId, time.GetUtcNow(), ct) is not { } since)
            return NoSuchRun(taskId);

        var acts = await RunActs.Page(database, taskId, since, after, limit).ToListAsync(ct);

        return Results.Ok(new HistoryPage(acts.ConvertAll(HistoryView.Of), acts.Count == limit ? acts[^1].Id : null));
    }

    private static Task<IResult> Cancel(string taskId, Steering? body, CoordinatorDbContext database, IPublishEndpoint endpoint, IUnitOfWork work, CancellationToken ct) =>
        Steer(taskId, database, work, run => endpoint.Say(new Cancel<RunLoop>(run.Document.Trigger!, body?.Reason ?? "cancelled over HTTP"), ToCoordinator, ct), takesUp: true, ct);

    // Of a pause and a resume the later counts: a copy's own clock may be behind another's, or set.
    private static Task<IResult> Pause(string taskId, Steering? body, CoordinatorDbContext database, IPublishEndpoint endpoint, IUnitOfWork work, CancellationToken ct) =>
        Steer(taskId, database, work, async _ => await endpoint.Say(new Request<PauseRun>(new PauseRun(taskId, "http", body?.Reason, await database.Database.Now(ct))), ToCoordinator, ct), takesUp: false, ct);

    private static Task<IResult> Resume(string taskId, Steering? body, CoordinatorDbContext database, IPublishEndpoint endpoint, IUnitOfWork work, CancellationToken ct) =>
        Steer(taskId, database, work, async _ => await endpoint.Say(new Request<ResumeRun>(new ResumeRun(taskId, "http", body?.Reason, await database.Database.Now(ct))), ToCoordinator, ct), takesUp: true, ct);

    private static AclParameters ToCoordinator { get; } = new() { Receiver = "coordinator" };

    // A run that is set aside has ended only for those who do not take it up again.
    private static async Task<IResult> Steer(string taskId, CoordinatorDbContext database, IUnitOfWork work, Func<RunState, Task> say, bool takesUp, CancellationToken ct)
    {
        if (await database.Runs.AsNoTracking().FirstOrDefaultAsync(run => run.TaskId == taskId, ct) is not { } run)
            return NoSuchRun(taskId);
        if (run.EndedAt is not null && !(takesUp && run.CurrentState == nameof(RunStateMachine.Quarantined)))
            return Results.Problem($"Run {taskId} has ended: {RunStatuses.Of(run.CurrentState)}.", statusCode: StatusCodes.Status409Conflict, title: "The run has ended");

        await say(run);
        await work.Commit(ct);

        return Results.Accepted($"/runs/{taskId}");
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBody(HttpRequest request, int most, CancellationToken ct)
    {
        // One byte more than is taken tells the reader that it is too much, without reading all of it.
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;

        while (body.Length <= most && (read = await request.Body.ReadAsync(buffer, ct)) > 0)
            body.Write(buffer, 0, read);

        return body.ToArray();
    }

    private static IResult Refused(HttpResponse response, Refusal refusal)
    {
        response.Headers.RetryAfter = $"{refusal.RetryAfterSeconds}";
        var status = refusal.Code is Refusal.Overloaded or Refusal.Spent ? StatusCodes.Status429TooManyRequests : StatusCodes.Status503ServiceUnavailable;

        return Results.Problem(refusal.Text, statusCode: status, title: $"The trigger is not taken: {refusal.Code}", extensions: new Dictionary<string, object?> { ["retryAfter"] = refusal.RetryAfterSeconds });
    }

    private static IResult Invalid(string field, string text) => Results.ValidationProblem(new Dictionary<string, string[]> { [field] = [text] });

    public static IResult NoSuchRun(string taskId) =>
        Results.Problem($"There is no run of task {taskId}.", statusCode: StatusCodes.Status404NotFound, title: "No such run");
}
