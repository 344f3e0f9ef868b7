using LoopBus.ModelServer.Wire;
using Microsoft.AspNetCore.Http;

namespace LoopBus.ModelServer.Scripts;

/// <summary>A script as it is played: which rule has given which reply.</summary>
internal sealed class Play
{
    private readonly Lock gate = new();
    private readonly List<Part> parts;

    public Play(Script script)
    {
        Script = script;
        parts = [.. script.Rules.Select((rule, index) => new Part(rule, index + 1))];
    }

    public Script Script { get; }

    public void Add(Rule rule)
    {
        lock (gate)
            parts.Add(new Part(rule, parts.Count + 1));
    }

    /// <summary>The reply of the first rule that has one; null where no rule has.</summary>
    public Cue? Next(string path, Prompt prompt, IHeaderDictionary headers)
    {
        lock (gate)
        {
            foreach (var part in parts)
            {
                if (part.Next(path, prompt, headers) is { } cue)
                    return cue;
            }
        }

        return null;
    }
}
