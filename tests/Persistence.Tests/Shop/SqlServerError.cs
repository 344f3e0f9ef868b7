using System.Data.Common;
using System.Reflection;

namespace LoopBus.Persistence.Tests.Shop;

/// <summary>Errors as a SQL Server tells them. SqlClient lets nobody else make one: we do, past its guard.</summary>
internal static class SqlServerError
{
    private const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    public static DbException Of(int number, byte severity = 16)
    {
        var client = Assembly.Load("Microsoft.Data.SqlClient");
        var (error, errors, exception) = (Type(client, "SqlError"), Type(client, "SqlErrorCollection"), Type(client, "SqlException"));
        var make = error.GetConstructors(Hidden).First(constructor => constructor.GetParameters() is [{ ParameterType: var first }, ..] && first == typeof(int));
        var arguments = make.GetParameters().Select((parameter, index) => index switch
        {
            0 => number,
            2 => severity,
            _ when parameter.ParameterType == typeof(string) => "",
            _ => parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null,
        });
        var all = Activator.CreateInstance(errors, nonPublic: true)!;
        errors.GetMethod("Add", Hidden)!.Invoke(all, [make.Invoke([.. arguments])]);
        return (DbException)exception.GetMethod("CreateException", Hidden, [errors, typeof(string)])!.Invoke(null, [all, "16.0"])!;
    }

    private static Type Type(Assembly client, string name) => client.GetType($"Microsoft.Data.SqlClient.{name}", throwOnError: true)!;
}
