using Microsoft.EntityFrameworkCore;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace LoopBus.Standards.Tests.SqlServer;

// No server: what can be known without one is that it is T-SQL, and that the hints are there.
public sealed class When_SQL_Server_is_spoken_to
{
    public static TheoryData<Type> Contexts => [.. Statements.Contexts];

    [Theory]
    [MemberData(nameof(Contexts))]
    public async Task Should_send_nothing_that_its_parser_refuses(Type context)
    {
        using var statements = new Statements(context);

        List<string> sent =
        [
            .. statements.Messages(), .. statements.Rows(), .. statements.Migrations(),
            .. await statements.Retention(), .. await statements.Clock(), .. await statements.MigrationLock(),
        ];

        sent.SelectMany(TSql.Problems).ShouldBeEmpty();
        sent.Count.ShouldBeGreaterThan(20);
    }

    [Theory]
    [MemberData(nameof(Contexts))]
    public void Should_claim_in_one_statement_and_pass_over_what_others_have(Type context)
    {
        using var statements = new Statements(context);

        var claims = statements.Messages().Where(sql => TSql.Parts<OutputClause>(sql).Count > 0).ToList();

        claims.Count.ShouldBe(2);
        foreach (var claim in claims)
        {
            TSql.Parts<UpdateStatement>(claim).Count.ShouldBe(1);
            TSql.Parts<TableHint>(claim).Select(hint => hint.HintKind).ShouldBe([TableHintKind.Rowlock, TableHintKind.ReadPast, TableHintKind.UpdLock]);
        }
        TSql.Parts<TopRowFilter>(claims[0]).Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Contexts))]
    public async Task Should_migrate_under_an_exclusive_lock(Type context)
    {
        using var statements = new Statements(context);

        (await statements.MigrationLock()).ShouldContain(sql => sql.Contains("sp_getapplock", StringComparison.Ordinal) && sql.Contains("'Exclusive'", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Contexts))]
    public void Should_tell_texts_apart_as_the_services_do(Type context)
    {
        using var statements = new Statements(context);

        var columns = TSql.Parts<ColumnDefinition>(statements.Context.Database.GenerateCreateScript());

        columns.Where(column => column.DataType is SqlDataTypeReference { SqlDataTypeOption: SqlDataTypeOption.NVarChar } && column.Collation?.Value != "Latin1_General_100_BIN2")
            .Select(column => column.ColumnIdentifier.Value).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Contexts))]
    public void Should_have_keys_and_indexes_that_a_server_takes(Type context)
    {
        using var statements = new Statements(context);

        // Without a length are only those of ASP.NET Identity's own tables, whose rows here are short.
        var wide =
            from entity in statements.Context.Model.GetEntityTypes()
            from key in entity.GetKeys().Select(key => (key.Properties, Most: 900)).Concat(entity.GetIndexes().Select(index => (index.Properties, Most: 1700)))
            let bytes = key.Properties.Sum(property => property.GetMaxLength() is { } length ? 2 * length : property.ClrType == typeof(string) ? 0 : 16)
            where bytes > key.Most
            select $"{entity.GetTableName()} ({string.Join(", ", key.Properties.Select(property => property.Name))}): {bytes} bytes, {key.Most} at most";

        wide.ShouldBeEmpty();
    }
}
