using System.Text.Json;

namespace LoopBus.Coordinator;

/// <summary>A run's status as people and programs see it: the state's name in kebab-case.</summary>
internal static class RunStatuses
{
    public static IReadOnlyList<string> All { get; } =
    [
        nameof(RunStateMachine.Planning), nameof(RunStateMachine.Executing), nameof(RunStateMachine.AwaitingApproval), nameof(RunStateMachine.Critiquing),
        nameof(RunStateMachine.Compensating), nameof(RunStateMachine.Escalated), nameof(RunStateMachine.Paused), nameof(RunStateMachine.Completed),
        nameof(RunStateMachine.Failed), nameof(RunStateMachine.Cancelled), nameof(RunStateMachine.Compensated), nameof(RunStateMachine.Quarantined),
    ];

    public static string Of(string state) => JsonNamingPolicy.KebabCaseLower.ConvertName(state);

    public static string? StateOf(string status) => All.FirstOrDefault(state => Of(state) == status);
}
