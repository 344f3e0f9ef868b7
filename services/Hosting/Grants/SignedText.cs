using System.Globalization;
using System.Text;
using System.Text.Json;
using LoopBus.Contracts.Approval;

namespace LoopBus.Hosting.Grants;

/// <summary>The bytes that a signature is over: each field with its length before it, so that no two records give the same bytes.</summary>
internal static class SignedText
{
    public static byte[] Of(Grant grant) => Join(
    [
        "grant", grant.TaskId, grant.StepId, grant.ActionHash, Time(grant.GrantedAt), Time(grant.ExpiresAt), .. grant.Approvers,
    ]);

    public static byte[] Of(Ruling ruling) => Join(
    [
        "ruling", ruling.TaskId, ruling.StepId, ruling.IdempotencyKey, ruling.Happened ? "happened" : "did-not-happen",
        ruling.Output is { } output ? Canonical(output) : "", ruling.By, Time(ruling.At),
    ]);

    private static byte[] Join(IEnumerable<string> fields)
    {
        var text = new StringBuilder();
        foreach (var field in fields)
            text.Append(CultureInfo.InvariantCulture, $"{field.Length}:{field};");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Time(DateTimeOffset time) => time.UtcTicks.ToString(CultureInfo.InvariantCulture);

    // A message's way may change white space, escapes and the order of keys, never the value.
    private static string Canonical(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', json.EnumerateObject()
            .OrderBy(property => property.Name, StringComparer.Ordinal)
            .Select(property => JsonSerializer.Serialize(property.Name) + ":" + Canonical(property.Value))) + "}",
        JsonValueKind.Array => "[" + string.Join(',', json.EnumerateArray().Select(Canonical)) + "]",
        JsonValueKind.String => JsonSerializer.Serialize(json.GetString()),
        JsonValueKind.Undefined => "",
        _ => json.GetRawText(),
    };
}
