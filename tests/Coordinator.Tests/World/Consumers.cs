using System.Collections.Concurrent;
using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Compensation;
using LoopBus.Contracts.Critique;
using LoopBus.Contracts.Execution;
using LoopBus.Contracts.Planning;
using LoopBus.Contracts.Runs;
using LoopBus.Hosting;
using LoopBus.Loops;
using MassTransit;

namespace LoopBus.Coordinator.Tests.World;

internal sealed class PlannerRole(Roles roles) : IConsumer<Request<MakePlan>>, IConsumer<AcceptProposal<Plan>>, IConsumer<RejectProposal<Plan>>, IConsumer<Inform<RunLearned>>
{
    public Task Consume(ConsumeContext<Request<MakePlan>> context) =>
        Role.Answer(context, context.Message.Content, context.Message.Content.TaskId, roles.Plans, roles.OnPlan, asked =>
            new Propose<Plan>(new Plan(asked.TaskId, asked.Attempt, LoopDefinition.FromJson(asked.Definition).Steps)));

    public Task Consume(ConsumeContext<AcceptProposal<Plan>> context) => Task.CompletedTask;

    public Task Consume(ConsumeContext<RejectProposal<Plan>> context) => Task.CompletedTask;

    public Task Consume(ConsumeContext<Inform<RunLearned>> context)
    {
        roles.Learned.Enqueue(context.Message.Content);

        return Task.CompletedTask;
    }
}

internal sealed class PlannerRoleDefinition : ConsumerDefinition<PlannerRole>
{
    public PlannerRoleDefinition() => EndpointName = "planner";
}

internal sealed class ExecutorRole(Roles roles) :
    IConsumer<Request<ExecuteStep>>, IConsumer<Request<ExecuteSegment>>, IConsumer<Cancel<ExecuteSegment>>, IConsumer<Request<CompensateStep>>
{
    public Task Consume(ConsumeContext<Request<ExecuteSegment>> context) =>
        Role.Answer(context, context.Message.Content, context.Message.Content.TaskId, roles.Segments, roles.OnSegment,
            asked => roles.Reports(asked, asked: alone => roles.Steps.Enqueue(new Asked<ExecuteStep>(alone, context.Acl()))));

    public Task Consume(ConsumeContext<Cancel<ExecuteSegment>> context)
    {
        roles.Halts.Enqueue(new Asked<ExecuteSegment>(context.Message.Content, context.Acl()));

        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<Request<ExecuteStep>> context) =>
        Role.Answer(context, context.Message.Content, context.Message.Content.TaskId, roles.Steps, roles.OnStep, asked => Roles.Done(asked, """{ "backup": null }"""));

    public Task Consume(ConsumeContext<Request<CompensateStep>> context) =>
        Role.Answer(context, context.Message.Content, context.Message.Content.TaskId, roles.Undos, roles.OnUndo, asked =>
            new Inform<StepCompensated>(new StepCompensated(asked.TaskId, asked.StepId, asked.Attempt, JsonSerializer.SerializeToElement(new { }))));
}

internal sealed class ExecutorRoleDefinition : ConsumerDefinition<ExecutorRole>
{
    public ExecutorRoleDefinition() => EndpointName = "executor";
}

internal sealed class CriticRole(Roles roles) : IConsumer<QueryIf<ResultHolds>>
{
    private readonly ConcurrentQueue<Asked<ResultHolds>> unread = new();

    public Task Consume(ConsumeContext<QueryIf<ResultHolds>> context) =>
        Role.Answer(context, context.Message.Content, context.Message.Content.TaskId, unread, roles.OnQuestion, Roles.Holds);
}

internal sealed class CriticRoleDefinition : ConsumerDefinition<CriticRole>
{
    public CriticRoleDefinition() => EndpointName = "critic";
}

internal sealed class ApprovalRole(Roles roles) :
    IConsumer<Propose<GatedAction>>, IConsumer<Propose<Escalation>>, IConsumer<QueryIf<EffectHappened>>,
    IConsumer<Cancel<GatedAction>>, IConsumer<Cancel<Escalation>>, IConsumer<Cancel<EffectHappened>>
{
    public Task Consume(ConsumeContext<Propose<GatedAction>> context) => Keep(roles.Gates, context.Message.Content, context);

    public Task Consume(ConsumeContext<Propose<Escalation>> context) => Keep(roles.Escalations, context.Message.Content, context);

    public Task Consume(ConsumeContext<QueryIf<EffectHappened>> context) => Keep(roles.Doubts, context.Message.Content, context);

    public Task Consume(ConsumeContext<Cancel<GatedAction>> context) => Withdraw(context.Message.Content.TaskId, context, new Inform<GatedAction>(context.Message.Content));

    public Task Consume(ConsumeContext<Cancel<Escalation>> context) => Withdraw(context.Message.Content.TaskId, context, new Inform<Escalation>(context.Message.Content));

    public Task Consume(ConsumeContext<Cancel<EffectHappened>> context) => Withdraw(context.Message.Content.TaskId, context, new Inform<EffectHappened>(context.Message.Content));

    private static Task Keep<T>(ConcurrentQueue<Asked<T>> queue, T content, ConsumeContext context)
    {
        queue.Enqueue(new Asked<T>(content, context.Acl()));

        return Task.CompletedTask;
    }

    private Task Withdraw<T>(string taskId, ConsumeContext context, T answer)
        where T : class
    {
        roles.Withdrawn.Enqueue(taskId);

        return context.Reply(answer);
    }
}

internal sealed class ApprovalRoleDefinition : ConsumerDefinition<ApprovalRole>
{
    public ApprovalRoleDefinition() => EndpointName = "approval";
}

internal static class Role
{
    public static Task Answer<T>(
        ConsumeContext context, T content, string taskId, ConcurrentQueue<Asked<T>> asked, ConcurrentDictionary<string, Func<T, object?>> byTask, Func<T, object?> usual)
    {
        asked.Enqueue(new Asked<T>(content, context.Acl()));
        var act = (byTask.TryGetValue(taskId, out var special) ? special : usual)(content);

        return act is null ? Task.CompletedTask : (Task)typeof(Speech).GetMethod(nameof(Speech.Reply))!.MakeGenericMethod(act.GetType()).Invoke(null, [context, act, null])!;
    }
}
