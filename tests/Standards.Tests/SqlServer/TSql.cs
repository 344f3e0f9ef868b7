using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace LoopBus.Standards.Tests.SqlServer;

/// <summary>Microsoft's parser of T-SQL, as SQL Server 2019 has it.</summary>
internal static class TSql
{
    /// <summary>What is wrong with a script, batches parted by GO.</summary>
    public static IEnumerable<string> Problems(string sql)
    {
        Parse(sql, out var errors);
        return errors.Select(error => $"line {error.Line}, column {error.Column}: {error.Message}\n{sql}");
    }

    /// <summary>The parts of one kind in a script.</summary>
    public static IReadOnlyList<T> Parts<T>(string sql)
        where T : TSqlFragment
    {
        var parts = new Finder<T>();
        Parse(sql, out _).Accept(parts);
        return parts.Found;
    }

    private static TSqlFragment Parse(string sql, out IList<ParseError> errors)
    {
        using var reader = new StringReader(sql);
        return new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out errors);
    }

    private sealed class Finder<T> : TSqlFragmentVisitor
        where T : TSqlFragment
    {
        public List<T> Found { get; } = [];

        public override void Visit(TSqlFragment fragment)
        {
            if (fragment is T part)
                Found.Add(part);
        }
    }
}
