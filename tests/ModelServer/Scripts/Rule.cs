namespace LoopBus.ModelServer.Scripts;

/// <summary>One rule: to a call of this kind, these replies in order, the last one again and again.</summary>
public sealed record Rule
{
    /// <summary>What the journal and errors call it; without a name its place in the script.</summary>
    public string? Name { get; init; }

    public When When { get; init; } = new();

    public IReadOnlyList<Reply> Then { get; init; } = [];

    /// <summary>Whether the rule no longer applies when each of its replies was given.</summary>
    public bool Once { get; init; }

    /// <summary>A name of the catalogue: the replies misbehave in this way.</summary>
    public string? Misbehaviour { get; init; }

    /// <summary>These replies to every call.</summary>
    public static Rule Always(params IReadOnlyList<Reply> replies) => new() { Then = replies };

    /// <summary>These replies to calls that have this text in a message.</summary>
    public static Rule On(string contains, params IReadOnlyList<Reply> replies) => new() { When = new When { Contains = [contains] }, Then = replies };

    /// <summary>Every call meets this misbehaviour, which these replies would be without.</summary>
    public static Rule Misbehaving(string name, params IReadOnlyList<Reply> replies) => new() { Misbehaviour = name, Then = replies };
}
