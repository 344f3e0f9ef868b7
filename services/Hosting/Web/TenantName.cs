using System.Text.RegularExpressions;

namespace LoopBus.Hosting.Web;

/// <summary>How a tenant may be called; upper and lower case are the same.</summary>
public static partial class TenantName
{
    public const string Rule = "must be 1-64 characters of A-Z a-z 0-9 . _ -";
    public const int MostLength = 64;

    public static bool IsValid(string name) => Form().IsMatch(name);

    [GeneratedRegex(@"\A[A-Za-z0-9._\-]{1,64}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
