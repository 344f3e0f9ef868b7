using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace LoopBus.Approval;

/// <summary>Names columns as the other tables of the database do: people read the audit in SQL, too.</summary>
internal static partial class SnakeCase
{
    public static void UseSnakeCase(this ModelBuilder builder)
    {
        foreach (var entity in builder.Model.GetEntityTypes())
        {
            Name(entity.GetDeclaredProperties(), "");
            foreach (var part in entity.GetDeclaredComplexProperties())
                Name(part.ComplexType.GetDeclaredProperties(), part.Name);
        }
    }

    private static void Name(IEnumerable<IMutableProperty> properties, string prefix)
    {
        foreach (var property in properties)
            property.SetColumnName(Words().Replace(prefix + property.Name, "_$0").ToLowerInvariant());
    }

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
