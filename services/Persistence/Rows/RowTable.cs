using System.Linq.Expressions;
using LoopBus.Persistence.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace LoopBus.Persistence.Rows;

/// <summary>The SQL of one mapped type, made once from its EF mapping: columns, converters and types are the model's.</summary>
internal sealed class RowTable<TRow>
    where TRow : class
{
    private readonly string name = typeof(TRow).Name;
    private readonly List<RowColumn<TRow>> columns;
    private readonly List<RowColumn<TRow>> key;
    private readonly List<RowColumn<TRow>> tokens;
    private readonly List<RowColumn<TRow>> given;
    private readonly List<RowColumn<TRow>> set;
    private readonly RowStatement append;
    private readonly RowStatement insert;
    private readonly RowStatement update;
    private readonly RowStatement delete;
    private readonly RowLookup<TRow> lookup;

    public RowTable(IDialect dialect, Names names, IReadOnlyList<string>? guardedBy = null)
    {
        var entity = names.Find(typeof(TRow));
        var table = names.Table(typeof(TRow));
        Check(entity);
        columns = [.. entity.GetProperties().Select((property, index) => new RowColumn<TRow>(property, index, names, dialect))];
        key = [.. entity.FindPrimaryKey()!.Properties.Select(property => columns.Single(column => column.Property == property))];
        tokens = columns.FindAll(column => guardedBy is null ? column.Property.IsConcurrencyToken : guardedBy.Contains(column.Property.Name));
        given = columns.FindAll(column => !IsMadeByTheDatabase(column.Property));
        set = columns.FindAll(column => !key.Contains(column) && column.Property.ValueGenerated == ValueGenerated.Never);

        List<string> into = given.ConvertAll(column => column.Name), values = [.. given.Select((_, index) => $"p{index}")];
        List<KnownColumn> known = [.. key.Concat(tokens).Select((column, index) => new KnownColumn(column.Name, $"was{index}", column.Property.IsNullable))];
        var parameters = given.Select((column, index) => column.Parameter($"p{index}")).ToList();
        var guards = key.Concat(tokens).Select((column, index) => column.Parameter($"was{index}")).ToList();
        var id = key.ConvertAll(column => column.Name);
        append = new RowStatement(dialect, "5 " + table, dialect.Insert(table, into, values), parameters, returns: false);
        // A key that the database makes is never there already: such a row can only be appended.
        insert = key.TrueForAll(given.Contains)
            ? new RowStatement(dialect, "2 " + table, dialect.InsertIfAbsent(table, into, values, id), parameters, returns: true)
            : append;
        update = new RowStatement(
            dialect,
            "3 " + table,
            dialect.Update(table, [.. set.Select((column, index) => (column.Name, $"p{index}"))], known, id),
            [.. set.Select((column, index) => column.Parameter($"p{index}")), .. guards],
            returns: true);
        delete = new RowStatement(dialect, "4 " + table, dialect.Delete(table, known, id), guards, returns: true);
        var create = Expression.Lambda<Func<TRow>>(Expression.New(typeof(TRow))).Compile();
        lookup = new RowLookup<TRow>(
            dialect, dialect.Select(table, columns.ConvertAll(column => column.Name), known[..key.Count]), guards[..key.Count], columns, key, create);
    }

    /// <summary>The statements, for those who approve them.</summary>
    public IEnumerable<string> Statements => [append.Sql, insert.Sql, update.Sql, delete.Sql, lookup.Sql];

    /// <summary>Those of them that are sent with a transaction around them, as they are then.</summary>
    public IEnumerable<string> StatementsInTransaction => [append.SqlInTransaction, insert.SqlInTransaction, update.SqlInTransaction, delete.SqlInTransaction];

    /// <summary>The row with this key as the database has it now; loads of the same moment share a statement.</summary>
    public Task<TRow?> Find(object?[] keyValues, CancellationToken cancellationToken) =>
        lookup.Find([.. keyValues.Select((value, index) => key[index].Stored(value))], cancellationToken);

    /// <summary>Adds a row; what the database generates is not read back.</summary>
    public RowWrite Append(TRow row) => new(append, Values(given, row));

    /// <summary>Adds a row whose key must not be there.</summary>
    public RowWrite Insert(TRow row, string? conflict = null)
    {
        var id = RowKey.ValueOf(Values(key, row));
        return new RowWrite(insert, Values(given, row), new RowGuard(new RowKey(this, id), Was: null), id, conflict ?? $"{name} {id} is there already.");
    }

    /// <summary>What <see cref="Update"/> and <see cref="Delete"/> need to know of a row before it is changed.</summary>
    public object?[] Seen(TRow row) => [.. key.Concat(tokens).Select(column => column.Value(row))];

    /// <summary>The same of a row that was changed already, where this is what its tokens were.</summary>
    public object?[] Seen(TRow row, object?[] was) => was.Length == tokens.Count
        ? [.. key.Select(column => column.Value(row)), .. was.Select((value, index) => tokens[index].Stored(value))]
        : throw new ArgumentException($"{name} has {tokens.Count} concurrency tokens, and {was.Length} were given.", nameof(was));

    /// <summary>Writes all columns of a row that must be as it was seen.</summary>
    public RowWrite Update(TRow row, object?[] seen, string? conflict = null) => Guarded(update, [.. Values(set, row), .. seen], seen, conflict);

    /// <summary>Removes a row that must be as it was seen.</summary>
    public RowWrite Delete(object?[] seen, string? conflict = null) => Guarded(delete, seen, seen, conflict);

    /// <summary>Removes a row, if it is there.</summary>
    public RowWrite Remove(object?[] seen) => new(delete, seen, Identity: RowKey.ValueOf(seen.AsSpan(..key.Count)));

    private RowWrite Guarded(RowStatement statement, object?[] values, object?[] seen, string? conflict)
    {
        var id = RowKey.ValueOf(seen.AsSpan(..key.Count));
        return new RowWrite(
            statement, values, new RowGuard(new RowKey(this, id), RowKey.ValueOf(seen)), id, conflict ?? $"{name} {id} was changed by another message since it was read.");
    }

    private static object?[] Values(List<RowColumn<TRow>> of, TRow row)
    {
        var values = new object?[of.Count];
        for (var index = 0; index < values.Length; index++)
            values[index] = of[index].Value(row);
        return values;
    }

    // EF makes ids other than numbers itself, for rows that have none; here each row brings its own.
    private static bool IsMadeByTheDatabase(IProperty property) => property.ValueGenerated switch
    {
        ValueGenerated.Never => false,
        ValueGenerated.OnAdd => property.ClrType != typeof(Guid) && property.ClrType != typeof(string) && property.ClrType != typeof(byte[]),
        _ => true,
    };

    private static void Check(IEntityType entity)
    {
        var problem =
            entity.GetNavigations().Any() || entity.GetComplexProperties().Any() ? "has navigations or owned parts; map them as one JSON column with a value converter"
            : entity.GetProperties().Any(property => property.IsShadowProperty()) ? "has shadow properties; give each column a property"
            : entity.FindPrimaryKey() is null ? "has no key"
            : entity.GetTableMappings().Count() != 1 ? "must lie in exactly one table"
            : null;
        if (problem is not null)
            throw new InvalidOperationException($"{typeof(TRow).Name} can not be stored by row: it {problem}.");
    }
}
