using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Critique;

namespace LoopBus.Critic.Tests.Bus;

/// <summary>One act that the critic said.</summary>
public sealed record Answer(string TaskId, Verdict? Verdict, Reason? Failure, Guid? Conversation, string? InReplyTo, string? Performative);
