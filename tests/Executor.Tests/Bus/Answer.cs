using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Planning;

namespace LoopBus.Executor.Tests.Bus;

/// <summary>One act that the executor said: its performative, and of its content what tests ask about.</summary>
public sealed record Answer(string Act, string TaskId, string StepId, JsonElement Output, Reason? Reason, bool FromLedger, Guid? Conversation, string? InReplyTo, Spent? Spent = null)
{
    public string? Code => Reason?.Code;
}
