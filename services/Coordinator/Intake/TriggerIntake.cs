using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Runs;
using LoopBus.Coordinator.Registry;
using LoopBus.Hosting;
using LoopBus.Persistence;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Coordinator.Intake;

/// <summary>Takes triggers: the task's row and the request to the run in one commit, once for each task.</summary>
internal sealed class TriggerIntake(
    Lazy<CoordinatorDbContext> context, LoopRegistry loops, IPublishEndpoint endpoint, IRows rows, IUnitOfWork work, TimeProvider time)
{
    public static RunLoop TriggerOf(TaskEntry task) => JsonSerializer.Deserialize<RunLoop>(task.Trigger, JsonSerializerOptions.Web)!;

    public TriggerProblem? Problem(RunLoop trigger) => TriggerRules.Problem(trigger, loops);

    /// <summary>For a web request: commits.</summary>
    /// <returns>Whether the task is new.</returns>
    public async Task<bool> Take(RunLoop trigger, CancellationToken cancellationToken)
    {
        if (await IsTaken(trigger.TaskId, cancellationToken))
            return false;

        context.Value.Tasks.Add(Entry(trigger));
        await endpoint.Say(new Request<RunLoop>(trigger), Conversation(trigger), cancellationToken);

        try
        {
            await work.Commit(cancellationToken);

            return true;
        }
        catch (Exception exception) when (exception is DbUpdateException or ConcurrencyConflictException)
        {
            // The same task was taken between our look and our commit; anything else is thrown on.
            context.Value.ChangeTracker.Clear();
            if (await IsTaken(trigger.TaskId, cancellationToken))
                return false;
            throw;
        }
    }

    /// <summary>For a message: adds the task's row to its unit of work, unless it is there.</summary>
    public async Task Note(RunLoop trigger, CancellationToken cancellationToken)
    {
        if (await rows.Find<TaskEntry>(trigger.TaskId, cancellationToken) is null)
            work.Append(Entry(trigger));
    }

    public static AclParameters Conversation(RunLoop trigger) =>
        new() { ConversationId = RunId.Of(trigger.TaskId), Protocol = Protocols.Request, Receiver = "coordinator" };

    private Task<bool> IsTaken(string taskId, CancellationToken cancellationToken) =>
        context.Value.Tasks.AnyAsync(task => task.TaskId == taskId, cancellationToken);

    private TaskEntry Entry(RunLoop trigger) =>
        new() { TaskId = trigger.TaskId, Trigger = JsonSerializer.Serialize(trigger, JsonSerializerOptions.Web), TakenAt = time.GetUtcNow() };
}
