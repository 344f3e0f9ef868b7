using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Planning;

namespace LoopBus.Planner.Tests.Bus;

/// <summary>One act that the planner said.</summary>
public sealed record Answer(string TaskId, Plan? Plan, Reason? Refusal, Guid? Conversation, string? InReplyTo, string? Protocol, string? Performative);
