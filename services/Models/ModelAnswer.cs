namespace LoopBus.Models;

/// <summary>What a model said, word for word, and what it took.</summary>
/// <param name="Usd">US dollars; null where the endpoint's price is not known.</param>
/// <param name="Finish">Why it stopped: <c>stop</c>, <c>length</c>, <c>content_filter</c>, or what the provider says.</param>
/// <param name="FromJournal">Whether it was answered before, so that nothing was paid now.</param>
public sealed record ModelAnswer(string Text, string Endpoint, string Model, long InputTokens, long OutputTokens, decimal? Usd, TimeSpan Latency, string Finish, bool FromJournal);
