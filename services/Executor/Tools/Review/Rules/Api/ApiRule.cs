using LoopBus.Executor.Tools.Git;

namespace LoopBus.Executor.Tools.Review.Rules.Api;

/// <summary>Public members that went, changed for their callers, or must newly be implemented. What moved to another file is still there.</summary>
internal sealed class ApiRule : IRule
{
    private const string Removed = "api/member-removed";
    private const string Changed = "api/signature-changed";
    private const string Added = "api/interface-member-added";

    public string Name => Changed;

    public IEnumerable<Hit> Look(Change change)
    {
        if (change is not { IsCSharp: true, File.IsTest: false, Old: { } old } || FileKind.IsGenerated(change.File.Path))
            return [];

        var before = ApiSurface.Of(old.CSharp.Root);
        var after = change.New is { } text ? ApiSurface.Of(text.CSharp.Root) : [];
        var elsewhere = change.Elsewhere.SelectMany(other => ApiSurface.Of(other.CSharp.Root)).ToList();
        var gone = before.Where(member => !after.Concat(elsewhere).Any(now => now.Serves(member))).ToList();
        var came = after.Where(member => !before.Any(member.Serves)).ToList();
        return Breaks(change, gone, came, before).Concat(New(change, came, before, gone));
    }

    private static IEnumerable<Hit> Breaks(Change change, List<ApiMember> gone, List<ApiMember> came, IReadOnlyList<ApiMember> before)
    {
        var free = came.ToList();
        var goneTypes = gone.Where(member => member.Name.Length == 0).Select(member => member.Type).ToHashSet();
        foreach (var old in gone)
        {
            var now = free.Find(member => member.Type == old.Type && member.Name == old.Name);
            if (now is not null)
                free.Remove(now);
            // A type that went takes its members with it: one finding says it.
            if (
                old.Name.Length > 0
                && now is null
                && goneTypes.Contains(old.Type)
                && before.Any(member => member.Type == old.Type && member.Name.Length == 0)
            )
                continue;

            var severity = old.IsObsolete ? Severity.Medium : Severity.High;
            yield return now is null
                ? At(
                    change,
                    Side.Old,
                    old,
                    new(
                        0,
                        0,
                        severity,
                        0.85,
                        $"The public {old.Shown} is gone: code that uses it no longer builds or runs; keep it and mark it obsolete, or release a new major version.",
                        Side.Old,
                        Removed
                    )
                )
                : Cited(change, old, now, severity);
        }
    }

    private static Hit Cited(Change change, ApiMember old, ApiMember now, Severity severity)
    {
        var message =
            $"The public {old.Shown} {Difference(old, now)}: code that was built against it breaks; add an overload, or release a new major version.";
        var hit = At(change, Side.New, now, new(0, 0, severity, 0.8, message, Side.New, Changed));
        return Enumerable.Range(hit.First, hit.Last - hit.First + 1).Any(line => change.Touches(Side.New, line))
            ? hit
            : At(change, Side.Old, old, hit with { Side = Side.Old });
    }

    private static string Difference(ApiMember old, ApiMember now) =>
        old.Signature != now.Signature
            ? old.Shown == now.Shown
                ? $"is now {now.Signature} (it was {old.Signature})"
                : $"became {now.Shown}"
            : old.Offers.Except(now.Offers).FirstOrDefault() is { } offer
                ? offer switch
                {
                    "public" => "is no longer public",
                    "override" => "can no longer be overridden",
                    "get" or "set" or "init" => $"has lost its {offer}",
                    _ => "has lost or changed a parameter's default",
                }
                : $"is now {now.Demands.Except(old.Demands).First()}";

    private static IEnumerable<Hit> New(Change change, List<ApiMember> came, IReadOnlyList<ApiMember> before, List<ApiMember> gone) =>
        came.Where(member =>
                member.MustBeImplemented
                && before.Any(old => old.Type == member.Type && old.Name.Length == 0)
                && !gone.Exists(old => old.Type == member.Type && old.Name == member.Name)
            )
            .Select(member =>
                At(
                    change,
                    Side.New,
                    member,
                    new(
                        0,
                        0,
                        Severity.High,
                        0.75,
                        $"The public {member.Shown} is new and has no body: every implementation outside breaks; give it a default body, or a new interface.",
                        Side.New,
                        Added
                    )
                )
            );

    private static Hit At(Change change, Side side, ApiMember member, Hit hit)
    {
        var text = change.Text(side)!;
        var (first, last) = (text.LineAt(member.Where.Start), text.LineAt(Math.Max(member.Where.Start, member.Where.End - 1)));
        return Enumerable.Range(first, last - first + 1).Any(line => change.Touches(side, line))
            ? hit with
            {
                First = first,
                Last = last,
            }
            : hit with
            {
                First = text.LineAt(member.Node.SpanStart),
                Last = text.LineAt(Math.Max(member.Node.SpanStart, member.Node.Span.End - 1)),
            };
    }
}
