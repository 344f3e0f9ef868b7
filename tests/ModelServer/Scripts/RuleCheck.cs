using System.Text.RegularExpressions;

namespace LoopBus.ModelServer.Scripts;

/// <summary>What a rule must keep to, so that a script fails when it is read and not in the middle of a test.</summary>
internal static class RuleCheck
{
    public static void Throw(Rule rule, IReadOnlyList<Reply> replies, Regex? pattern)
    {
        if (replies.Count == 0)
            throw new InvalidDataException("it has no reply: give one in `then`, or a `misbehaviour`");
        if (rule.When.Call < 1)
            throw new InvalidDataException("`call` counts from 1");
        foreach (var reply in replies)
        {
            if (reply.Status is < 400 or > 599)
                throw new InvalidDataException($"the status {reply.Status} is no error: take 400 to 599");
            if (reply.Delay < 0 || reply.Pause < 0 || reply.RetryAfter < 0)
                throw new InvalidDataException("a time is less than nothing");
            if (pattern is not null && GroupCopy.NamesIn(reply).Except(pattern.GetGroupNames()).FirstOrDefault() is { } missing)
                throw new InvalidDataException($"`matches` has no group {missing}: name one, or write $${{ for the text itself");
        }
    }
}
