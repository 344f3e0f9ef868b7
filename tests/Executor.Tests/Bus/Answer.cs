using System.Text.Json;
using LoopBus.Contracts.Acts;

namespace LoopBus.Executor.Tests.Bus;

/// <summary>One act that the executor said: its performative, and of its content what tests ask about.</summary>
public sealed record Answer(string Act, string TaskId, string StepId, JsonElement Output, Reason? Reason, bool FromLedger, Guid? Conversation, string? InReplyTo)
{
    public string? Code => Reason?.Code;
}
