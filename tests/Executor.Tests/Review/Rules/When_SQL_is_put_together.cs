using LoopBus.Executor.Tools.Review.Rules.Security;

namespace LoopBus.Executor.Tests.Review.Rules;

public sealed class When_SQL_is_put_together
{
    private readonly SqlRule _rule = new();

    [Fact]
    public void Should_find_values_in_it() =>
        _rule.ShouldFindMarked(
            """
            class A
            {
                void B(DbCommand command, DbContext context, string name, int id, Request request)
                {
                    command.CommandText = "SELECT * FROM orders WHERE name = '" + name + "'"; //!
                    command.CommandText = $"UPDATE orders SET name = '{name}' WHERE id = 1"; //!
                    var sql = string.Format("DELETE FROM orders WHERE name = '{0}'", name); //!
                    var number = "select id from orders where id = " + id; //!
                    var concat = string.Concat("SELECT * FROM orders WHERE name = '", request.Name, "'"); //!
                    context.Orders.FromSqlRaw($"SELECT * FROM orders WHERE name = '{name}'"); //!
                    context.Database.ExecuteSqlRaw("INSERT INTO orders VALUES ('" + name + "')"); //!
                    var text = $"SELECT * " + //!
                        $"FROM orders WHERE name LIKE '%{request.Name}%'";
                    var grown = "SELECT * FROM orders WHERE name = '";
                    grown += name; //!
                    var builder = new StringBuilder("SELECT * FROM orders WHERE 1 = 1");
                    builder.Append(" AND name = '").Append(name).Append("'"); //!
                    connection.Query<Order>($"SELECT * FROM orders WHERE name = '{name}'"); //!
                }
            }
            """
        );

    [Fact]
    public void Should_leave_constants_parameters_and_what_becomes_parameters() =>
        _rule.ShouldFindMarked(
            """
            class A(string schema)
            {
                const string Table = "orders";
                private static readonly string Columns = "id, name";
                void B(DbCommand command, DbContext context, string name, Guid id, int index)
                {
                    command.CommandText = "SELECT * FROM " + Table + " WHERE name = @name";
                    command.CommandText = $"SELECT {Columns} FROM {Table} WHERE name = @name";
                    command.CommandText = $"SELECT * FROM {Names.Orders} WHERE id = @p{index}";
                    command.CommandText = $"SELECT * FROM {schema}.orders WHERE name = @name";
                    context.Orders.FromSqlInterpolated($"SELECT * FROM orders WHERE name = {name}");
                    context.Orders.FromSql($"SELECT * FROM orders WHERE name = {name}");
                    context.Database.ExecuteSql($"DELETE FROM orders WHERE id = {id}");
                    FormattableString later = $"SELECT * FROM orders WHERE name = {name}";
                    const string limit = "10";
                    var top = $"SELECT * FROM orders WHERE name = @name LIMIT {limit}";
                    logger.LogInformation($"Selected {name} FROM the list");
                    throw new InvalidOperationException($"DELETE FROM orders WHERE name = {name} failed");
                }
                string C(string folder) => $"Select a file from {folder} where you like";
                string D(string left, string right) => left + right;
                string Update(string name) => $"Update {name} set aside";
            }
            """
        );
}
