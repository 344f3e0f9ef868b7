namespace LoopBus.Chaos.People;

/// <summary>How a person fills a form in.</summary>
internal sealed record Ballot(bool Accept, string Comment, string Output = "");
