namespace LoopBus.Coordinator.Budgets;

/// <summary>What a run has reserved for one question, of the day that it was asked on, until its answer comes.</summary>
/// <param name="ConversationId">The question.</param>
/// <param name="Service">Who was asked.</param>
/// <param name="Day">Whose row it is in: an answer that comes the next day counts there.</param>
/// <param name="Scopes">The budgets that it counts for.</param>
/// <param name="Tokens">How many tokens.</param>
/// <param name="Usd">How many US dollars; 0 where none of the budgets bounds them.</param>
/// <param name="Cut">The budget that had less than was wanted.</param>
internal sealed record Reservation(Guid ConversationId, string Service, DateOnly Day, IReadOnlyList<string> Scopes, long Tokens, decimal Usd, string? Cut = null);
