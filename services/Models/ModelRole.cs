namespace LoopBus.Models;

/// <summary>What a model is asked as; configuration chooses an endpoint for each.</summary>
public static class ModelRole
{
    public const string Planner = "planner";
    public const string Critic = "critic";
    public const string Judge = "judge";
    public const string Summarizer = "summarizer";

    /// <summary>Looks at changes beside the rules, for the executor.</summary>
    public const string Reviewer = "reviewer";

    /// <summary>Makes texts into vectors; an endpoint of kind openai.</summary>
    public const string Embedding = "embedding";

    public static IReadOnlyList<string> All { get; } = [Planner, Critic, Judge, Summarizer, Reviewer, Embedding];
}
