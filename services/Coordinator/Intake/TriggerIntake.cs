using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Runs;
using LoopBus.Coordinator.Budgets;
using LoopBus.Coordinator.Overload;
using LoopBus.Coordinator.Registry;
using LoopBus.Coordinator.Runs;
using LoopBus.Hosting;
using LoopBus.Persistence;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Coordinator.Intake;

/// <summary>Takes triggers that come over HTTP: the task's row and the request to the run in one commit, once for each task.</summary>
internal sealed class TriggerIntake(
    CoordinatorDbContext database, LoopRegistry loops, IPublishEndpoint endpoint, IUnitOfWork work, Admission admission, DayBudgets budgets, TimeProvider time)
{
    public static RunLoop TriggerOf(TaskEntry task) => JsonSerializer.Deserialize<RunLoop>(task.Trigger, JsonSerializerOptions.Web)!;

    public TriggerProblem? Problem(RunLoop trigger) => TriggerRules.Problem(trigger, loops);

    /// <summary>Commits.</summary>
    /// <returns>Whether the task is new, or why it is not taken now.</returns>
    public async Task<(bool IsNew, Refusal? Refusal)> Take(RunLoop trigger, CancellationToken cancellationToken)
    {
        if (admission.Outage() is { } outage)
            return (false, outage);
        if (await IsTaken(trigger.TaskId, cancellationToken))
            return (false, null);
        if (budgets.Refusal(trigger) is { } spent)
            return (false, spent);
        if (admission.Take(trigger.TaskId) is { } refusal)
            return (false, refusal);

        // Whichever copy handles the request, it runs the version that this one found fit: another's files may be older.
        if (loops.Current(trigger.TaskType) is { } loop)
            trigger = trigger with { TaskType = $"{loop.Name}@{loop.Version}" };
        database.Tasks.Add(Entry(trigger));
        await endpoint.Say(new Request<RunLoop>(trigger), Conversation(trigger), cancellationToken);

        try
        {
            await work.Commit(cancellationToken);

            return (true, null);
        }
        catch (Exception exception) when (exception is DbUpdateException or ConcurrencyConflictException)
        {
            // The same task was taken between our look and our commit; anything else is thrown on.
            database.ChangeTracker.Clear();
            if (await IsTaken(trigger.TaskId, cancellationToken))
                return (false, null);
            admission.Forget(trigger.TaskId);
            throw;
        }
        catch
        {
            admission.Forget(trigger.TaskId);
            throw;
        }
    }

    public static AclParameters Conversation(RunLoop trigger) =>
        new() { ConversationId = RunId.Of(trigger.TaskId), Protocol = Protocols.Request, Receiver = "coordinator" };

    // A trigger from the queue has a run, and no task's row.
    public async Task<bool> IsTaken(string taskId, CancellationToken cancellationToken) =>
        await database.Tasks.AnyAsync(task => task.TaskId == taskId, cancellationToken)
        || await database.Runs.AnyAsync(run => run.TaskId == taskId, cancellationToken);

    /// <summary>Whether the task that was taken before asked for another loop, or gave it another input.</summary>
    public async Task<bool> IsOther(RunLoop trigger, CancellationToken cancellationToken)
    {
        var known = await database.Tasks.AsNoTracking().FirstOrDefaultAsync(task => task.TaskId == trigger.TaskId, cancellationToken) is { } task
            ? TriggerOf(task)
            : (await database.Runs.AsNoTracking().FirstOrDefaultAsync(run => run.TaskId == trigger.TaskId, cancellationToken))?.Document.Trigger;

        return known is not null && (Name(known) != Name(trigger) || !JsonElement.DeepEquals(Input(known), Input(trigger)));

        static string Name(RunLoop trigger) => trigger.TaskType.Split('@')[0];
        static JsonElement Input(RunLoop trigger) => trigger.Input ?? StepFactory.EmptyObject;
    }

    private TaskEntry Entry(RunLoop trigger) =>
        new() { TaskId = trigger.TaskId, Trigger = JsonSerializer.Serialize(trigger, JsonSerializerOptions.Web), TakenAt = time.GetUtcNow() };
}
