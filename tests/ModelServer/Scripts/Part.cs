using System.Text.RegularExpressions;
using LoopBus.ModelServer.Wire;
using Microsoft.AspNetCore.Http;

namespace LoopBus.ModelServer.Scripts;

/// <summary>One rule as it is played: how often its time came, and how many replies it gave.</summary>
internal sealed class Part
{
    private readonly Rule rule;
    private readonly IReadOnlyList<Reply> replies;
    private readonly Regex? pattern;
    private int held;
    private int given;

    public Part(Rule rule, int place)
    {
        this.rule = rule;
        Name = rule.Name ?? $"rule {place}";
        try
        {
            pattern = rule.When.Matches is { } matches ? new Regex(matches, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1)) : null;
            replies = rule.Misbehaviour is { } name ? Misbehaviours.Apply(name, rule.Then) : rule.Then;
            RuleCheck.Throw(rule, replies, pattern);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException or InvalidDataException)
        {
            throw new InvalidDataException($"{Name}: {exception.Message}", exception);
        }
    }

    public string Name { get; }

    public Cue? Next(string path, Prompt prompt, IHeaderDictionary headers)
    {
        if (!Holds(path, prompt, headers) || Match(prompt) is not { } groups)
            return null;
        held++;
        if (rule.When.Call is { } call && call != held)
            return null;
        if (rule.Once && given == replies.Count)
            return null;
        var reply = replies[Math.Min(given, replies.Count - 1)];
        given = Math.Min(given + 1, replies.Count);
        return new Cue(Name, pattern is null ? reply : GroupCopy.Fill(reply, groups));
    }

    private bool Holds(string path, Prompt prompt, IHeaderDictionary headers)
    {
        var when = rule.When;
        return (when.Path is null ? prompt.IsChat : when.Path == path)
            && (when.Model is null || when.Model == prompt.Model)
            && when.Contains.All(text => prompt.Messages.Any(message => message.Text.Contains(text, StringComparison.Ordinal)))
            && when.Last.All(text => prompt.Last.Contains(text, StringComparison.Ordinal))
            && when.Headers.All(header => headers.TryGetValue(header.Key, out var value) && (header.Value == "*" || value == header.Value));
    }

    private Match? Match(Prompt prompt) => pattern is null
        ? System.Text.RegularExpressions.Match.Empty
        : prompt.Messages.Reverse().Select(message => pattern.Match(message.Text)).FirstOrDefault(match => match.Success);
}
