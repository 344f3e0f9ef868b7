using System.Data.Common;
using LoopBus.Persistence.Database;

namespace LoopBus.Persistence.Rows;

/// <summary>Finds rows by key: at once when alone, and else in one statement all that was asked for while the last one ran.</summary>
internal sealed class RowLookup<TRow>(
    IDialect dialect, string sql, IReadOnlyList<RowParameter> parameters, List<RowColumn<TRow>> columns, List<RowColumn<TRow>> key, Func<TRow> create)
    : Gathering<RowLookup<TRow>.Question>(lanes: 2)
    where TRow : class
{
    private const int Most = 100;

    private readonly RowStatement select = new(dialect, "", sql, parameters, returns: true);

    public string Sql => sql;

    public Task<TRow?> Find(object?[] keyValues, CancellationToken cancellationToken)
    {
        var question = new Question(keyValues);
        Add(question);
        return question.Answer.Task.WaitAsync(cancellationToken);
    }

    protected override List<Question> Take(List<Question> waiting)
    {
        var taken = waiting[..Math.Min(waiting.Count, Most)];
        waiting.RemoveRange(0, taken.Count);
        return taken;
    }

    protected override async Task Handle(List<Question> taken)
    {
        try
        {
            await Answer(taken);
        }
        catch (DbException exception) when (taken.Count > 1 && dialect.IsRefused(exception))
        {
            // One of them asks for what the database can not read; the others shall not pay for it.
            foreach (var question in taken)
                await Handle([question]);
        }
        catch (Exception exception)
        {
            Fail(taken, exception);
        }
    }

    protected override void Fail(List<Question> taken, Exception exception)
    {
        foreach (var question in taken)
            question.Answer.TrySetException(exception);
    }

    private async Task Answer(List<Question> taken)
    {
        var asked = taken.ToLookup(question => question.Key);
        await using var connection = await dialect.DataSource.OpenConnectionAsync();
        await using var batch = connection.CreateBatch();
        await using (var maker = connection.CreateCommand())
            select.AddTo(batch, maker, [.. asked.Select(questions => questions.First().KeyValues)]);
        await using var reader = await batch.ExecuteReaderAsync();
        do
        {
            while (await reader.ReadAsync())
            {
                // Each gets a row of its own: it will change it.
                TRow? found = Read(reader);
                foreach (var question in asked[RowKey.ValueOf([.. key.Select(column => column.Value(found))])])
                {
                    question.Found = found ?? Read(reader);
                    found = null;
                }
            }
        }
        while (await reader.NextResultAsync());
        foreach (var question in taken)
            question.Answer.TrySetResult(question.Found);
    }

    private TRow Read(DbDataReader reader)
    {
        var row = create();
        foreach (var column in columns)
            column.Read(reader, row);
        return row;
    }

    public sealed class Question(object?[] keyValues)
    {
        public object?[] KeyValues => keyValues;

        public object Key { get; } = RowKey.ValueOf(keyValues);

        public TRow? Found { get; set; }

        public TaskCompletionSource<TRow?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
