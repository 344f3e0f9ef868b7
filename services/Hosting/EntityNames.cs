using System.Text;
using LoopBus.Contracts.Acts;
using MassTransit;

namespace LoopBus.Hosting;

/// <summary>Exchange names that a person can read: <c>request.execute-step</c> for <c>Request&lt;ExecuteStep&gt;</c>, kebab case for others.</summary>
public sealed class EntityNames : IEntityNameFormatter
{
    public string FormatEntityName<T>() => Of(typeof(T));

    public static string Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!type.IsGenericType)
            return Kebab(type.Name);

        var head = Performative.Of(type) ?? Kebab(type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]);
        return string.Join('.', type.GetGenericArguments().Select(Of).Prepend(head));
    }

    private static string Kebab(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && StartsWord(name, i))
                text.Append('-');
            text.Append(char.ToLowerInvariant(char.IsAsciiLetterOrDigit(name[i]) ? name[i] : '-'));
        }

        return text.ToString();
    }

    private static bool StartsWord(string name, int i) =>
        i > 0 && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
}
