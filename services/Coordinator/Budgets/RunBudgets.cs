using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Critique;
using LoopBus.Contracts.Execution;
using LoopBus.Contracts.Planning;
using LoopBus.Coordinator.Registry;
using LoopBus.Coordinator.Runs;
using LoopBus.Hosting;
using LoopBus.Loops;
using LoopBus.Loops.Budgets;
using LoopBus.Persistence;
using MassTransit;
using Microsoft.Extensions.Options;
using Timer = LoopBus.Coordinator.Runs.Timer;

namespace LoopBus.Coordinator.Budgets;

/// <summary>
/// Reserves before a service is asked for something that asks models, and settles when it answers, in the run's own transaction. A run without a day's budget
/// costs nothing here.
/// </summary>
internal sealed class RunBudgets(LoopRegistry loops, BudgetBook book, BudgetMetrics metrics, TimeProvider time, IOptions<CoordinatorOptions> options)
{
    public const string Planner = "planner";
    public const string Critic = "critic";
    public const string Executor = "executor";

    /// <summary>What a step may take that can do without models: where a day's budget is spent that is nothing, and it neither waits nor turns the run back.</summary>
    public async Task<Leave> MayTake(BehaviorContext<RunState> c, string service, Topic topic, string subject, int attempt)
    {
        var document = c.Saga.Document;
        var loop = loops.Pinned(c.Saga.LoopHash);
        var scopes = BudgetScope.Of(loop, document.Trigger, options.Value);
        // Several steps may ask at once: what another one may take is not there a second time.
        var others = document.Reservations.FindAll(each => each.Service == service && document.Conversations.Find(asked => asked.Id == each.ConversationId)?.Subject != subject);
        var mine = Left(document, loop, others);
        var (id, day) = (RunId.Conversation(c.Saga.TaskId, topic.ToString(), subject, attempt), BudgetRules.DayOf(time.GetUtcNow()));
        if (scopes.Count == 0 && mine is { Tokens: null, Usd: null })
            return Leave.Unbounded;
        if (scopes.Count == 0)
            return Reserve(c, service, id, scopes, [], day, new BudgetVerdict.Take(new Amount(Math.Max(0, mine.Tokens ?? 0), Math.Max(0, mine.Usd ?? 0))), mine);

        var days = await book.Read(c.GetPayload<IUnitOfWork>(), scopes, day, c.CancellationToken);
        if (BudgetRules.Decide(days, Wanted(scopes, mine), Least(scopes), mayWait: false) is BudgetVerdict.Take take)
            return Reserve(c, service, id, scopes, days, day, take, mine);

        var spent = days.FirstOrDefault(each => !each.MayCome.Covers(Least(scopes).AtMost(Wanted(scopes, mine)))) ?? days[0];
        Denied(c, spent.Scope, day);
        document.Note(time.GetUtcNow(), $"{subject} goes without models", Says(spent, day));

        return new Leave(Allowance(document, service, new DailyBudget(0, Usd: null)));
    }

    /// <summary>Leave to ask the service now. Null where there is none: then the run turns back, or waits for what others have reserved and asks again.</summary>
    public async Task<Leave?> MayAsk(BehaviorContext<RunState> c, string service, Topic topic, string subject, int attempt, string protocol)
    {
        var run = c.Saga;
        var document = run.Document;
        var loop = loops.Pinned(run.LoopHash);
        var scopes = BudgetScope.Of(loop, document.Trigger, options.Value);
        if (!document.Conversations.Exists(each => each is { Open: true, IsUnsaid: true }))
            document.ShortOfBudgetSince = null;
        // What was not said has no answer: the question is asked now, or waits anew.
        Forget(c.GetPayload<IUnitOfWork>(), document, document.Conversations.FindAll(each => each.IsUnsaid && each.Topic == topic && each.Subject == subject));
        var mine = Left(document, loop, []);
        if (scopes.Count == 0)
            return mine is { Tokens: null, Usd: null } ? Leave.Unbounded : new Leave(Allowance(document, service, mine));

        var (now, id) = (time.GetUtcNow(), RunId.Conversation(run.TaskId, topic.ToString(), subject, attempt));
        var day = BudgetRules.DayOf(now);
        var days = await book.Read(c.GetPayload<IUnitOfWork>(), scopes, day, c.CancellationToken);

        switch (BudgetRules.Decide(days, Wanted(scopes, mine), Least(scopes), mayWait: now - (document.ShortOfBudgetSince ?? now) < Patience))
        {
            case BudgetVerdict.Take take:
                document.ShortOfBudgetSince = null;
                return Reserve(c, service, id, scopes, days, day, take, mine);
            case BudgetVerdict.Wait(var busy):
                if (document.ShortOfBudgetSince is null)
                    document.Note(now, $"waits for {busy.Scope}'s budget", Says(busy, day));
                document.ShortOfBudgetSince ??= now;
                Wait(run, now, new Conversation { Id = id, Protocol = protocol, Topic = topic, Subject = subject, Said = [], ReplyBy = now + Pause(run, subject, now) });
                return null;
            case BudgetVerdict.Deny(var by):
                Denied(c, by.Scope, day);
                document.Ending ??= Ending.Of(TerminationReason.BudgetExceeded, Says(by, day));
                document.Note(now, "turned back", document.Ending.Sentence);
                return null;
            default:
                throw new NotSupportedException("A verdict on a budget that nobody knows.");
        }
    }

    /// <summary>What the planner may take for remembering a run that has ended: what the run has left, and of a day nothing, for nobody answers what it took.</summary>
    public Spent? Rest(RunState run, LoopDefinition loop)
    {
        var scopes = BudgetScope.Of(loop, run.Document.Trigger, options.Value);
        var mine = Left(run.Document, loop, []);

        return scopes.Count == 0 && mine is { Tokens: null, Usd: null } ? null : Allowance(run.Document, Planner, Within(scopes, default, mine));
    }

    /// <summary>Books what an answer says that models took, once, whenever it comes: also late, again, or after the run's end.</summary>
    public async Task Settle<T>(BehaviorContext<RunState, T> c)
        where T : class
    {
        // A refusal that does not say what was taken leaves it open: what is reserved stays so.
        if (Told(c.Message) is not { } told || told is { Spent: null, Reason: not null })
            return;
        var (service, spent, reason) = told;
        var document = c.Saga.Document;
        var settled = document.Spending.GetValueOrDefault(service);
        document.Took(service, spent);
        var took = new Amount((document.Spending.GetValueOrDefault(service)?.Tokens ?? 0) - (settled?.Tokens ?? 0), Math.Max(0, (spent?.Usd ?? 0) - (settled?.Usd ?? 0)));

        var id = c.Acl().ConversationId;
        if (document.Reservations.Find(each => each.ConversationId == id && each.Service == service) is { } reservation)
        {
            document.Reservations.Remove(reservation);
            // Dollars that nobody can name count as all that were reserved.
            if (spent is { Usd: null })
                took = took with { Usd = reservation.Usd };
            Settle(c.GetPayload<IUnitOfWork>(), document, reservation, took);
            if (reservation.Cut is { } cut && reason == ReasonCodes.BudgetExceeded)
                Denied(c, cut, reservation.Day);
        }
        else if (took != default && BudgetScope.Of(loops.Pinned(c.Saga.LoopHash), document.Trigger, options.Value) is { Count: > 0 } scopes)
        {
            var day = BudgetRules.DayOf(time.GetUtcNow());
            await book.Read(c.GetPayload<IUnitOfWork>(), scopes, day, c.CancellationToken);
            foreach (var scope in scopes)
                book.Settle(c.GetPayload<IUnitOfWork>(), scope.Name, day, took, reserved: default);
        }
    }

    // An answer's sum has in it what was taken meanwhile for another question of the run. That one keeps all it has reserved until it is answered itself:
    // what is both spent and reserved for a while is too much rather than too little.
    private void Settle(IUnitOfWork unit, RunDocument document, Reservation reservation, Amount took)
    {
        var reserved = new Amount(reservation.Tokens, reservation.Usd);
        var own = took.AtMost(reserved);
        var more = took - own;
        // Of the day that it was reserved on.
        var other = document.Reservations.FindAll(each => each.Service == reservation.Service).MaxBy(each => each.Day == reservation.Day) ?? reservation;
        foreach (var scope in reservation.Scopes)
            book.Settle(unit, scope, reservation.Day, other.Day == reservation.Day ? took : own, reserved);
        if (more != default && other.Day != reservation.Day)
            foreach (var scope in other.Scopes)
                book.Settle(unit, scope, other.Day, more, reserved: default);
    }

    private Leave Reserve(
        BehaviorContext<RunState> c, string service, Guid id, IReadOnlyList<BudgetScope> scopes, IReadOnlyList<BudgetDay> days, DateOnly day, BudgetVerdict.Take take, DailyBudget mine)
    {
        foreach (var each in days)
            book.Reserve(c.GetPayload<IUnitOfWork>(), each, day, take.Amount);
        c.Saga.Document.Reservations.Add(new Reservation(id, service, day, [.. scopes.Select(scope => scope.Name)], take.Amount.Tokens, take.Amount.Usd, take.Cut));

        return new Leave(Allowance(c.Saga.Document, service, Within(scopes, take.Amount, mine)));
    }

    // What the run's own limits leave, beside what is reserved.
    private static DailyBudget Left(RunDocument document, LoopDefinition loop, List<Reservation> reserved) =>
        new(loop.Limits.Tokens - document.Tokens - reserved.Sum(each => each.Tokens), loop.Limits.Usd - document.Usd - reserved.Sum(each => each.Usd));

    private static (string Service, Spent? Spent, string? Reason)? Told(object message) => message switch
    {
        Propose<Plan> plan => (Planner, plan.Content.Spent, null),
        Refuse<MakePlan> refuse => (Planner, refuse.Content.Spent, refuse.Reason.Code),
        Failure<MakePlan> failure => (Planner, failure.Content.Spent, failure.Reason.Code),
        Inform<Verdict> verdict => (Critic, verdict.Content.Spent, null),
        Failure<ResultHolds> failure => (Critic, failure.Content.Spent, failure.Reason.Code),
        Inform<StepResult> done => (Executor, done.Content.Spent, null),
        Refuse<ExecuteStep> refuse => (Executor, refuse.Content.Spent, refuse.Reason.Code),
        Failure<ExecuteStep> failure => (Executor, failure.Content.Spent, failure.Reason.Code),
        _ => null,
    };

    private Amount Wanted(IReadOnlyList<BudgetScope> scopes, DailyBudget mine)
    {
        var wanted = new Amount(
            scopes.Any(scope => scope.Limit.Tokens is not null) ? options.Value.AllowanceTokens : 0,
            scopes.Any(scope => scope.Limit.Usd is not null) ? options.Value.AllowanceUsd : 0);

        return wanted.AtMost(new Amount(Math.Max(0, mine.Tokens ?? wanted.Tokens), Math.Max(0, mine.Usd ?? wanted.Usd)));
    }

    private Amount Least(IReadOnlyList<BudgetScope> scopes) => new(
        scopes.Any(scope => scope.Limit.Tokens is not null) ? options.Value.LeastTokens : 0,
        scopes.Any(scope => scope.Limit.Usd is not null) ? options.Value.LeastUsd : 0);

    // What no day bounds is bounded by the run, or by nobody.
    private static DailyBudget Within(IReadOnlyList<BudgetScope> scopes, Amount amount, DailyBudget mine) => new(
        scopes.Any(scope => scope.Limit.Tokens is not null) ? amount.Tokens : mine.Tokens,
        scopes.Any(scope => scope.Limit.Usd is not null) ? amount.Usd : mine.Usd);

    private static Spent Allowance(RunDocument document, string service, DailyBudget more)
    {
        var settled = document.Spending.GetValueOrDefault(service) ?? new Spent(0, 0);

        return new Spent(
            more.Tokens is { } tokens ? settled.Tokens + Math.Max(0, tokens) : long.MaxValue,
            more.Usd is { } usd ? (settled.Usd ?? 0) + Math.Max(0, usd) : null);
    }

    private void Denied(BehaviorContext<RunState> c, string scope, DateOnly day)
    {
        book.Deny(c.GetPayload<IUnitOfWork>(), scope, day);
        metrics.Denied(scope);
    }

    // It is a question that was not said yet: nobody asks a second time meanwhile, and its watchdog says it.
    private static void Wait(RunState run, DateTimeOffset now, Conversation unsaid)
    {
        run.Document.Conversations.Add(unsaid);
        run.Document.Timers.Add(new Timer(unsaid.ReplyBy ?? now, DeadlineKind.Reply, StepId: null, unsaid.Id));
    }

    // With its watchdog, which would be another question's of the same id.
    private static void Forget(IUnitOfWork unit, RunDocument document, List<Conversation> unsaid)
    {
        foreach (var timer in document.Timers.FindAll(timer => unsaid.Exists(each => each.Id == timer.ConversationId)))
        {
            document.Timers.Remove(timer);
            if (timer.Row is { } row)
                unit.Withdraw(row);
        }

        document.Conversations.RemoveAll(unsaid.Contains);
    }

    private TimeSpan Patience => TimeSpan.FromSeconds(options.Value.BudgetWaitSeconds);

    // Half as long again as it lasts already, and not all at the same moment.
    private static TimeSpan Pause(RunState run, string subject, DateTimeOffset now)
    {
        var lasts = now - (run.Document.ShortOfBudgetSince ?? now);

        return TimeSpan.FromSeconds(Math.Clamp(lasts.TotalSeconds / 2, 0.5, 15) * (0.5 + RunId.Jitter(run.TaskId, subject, (int)lasts.TotalMilliseconds)));
    }

    private static string Says(BudgetDay budget, DateOnly day) => $"{BudgetText.Of(budget)} on {day:yyyy-MM-dd}; it is renewed at {BudgetRules.RenewedAt(day):yyyy-MM-dd HH:mm} UTC";
}
