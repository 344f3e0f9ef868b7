using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Approval.Operators;

/// <summary>
/// The verb <c>create-operator &lt;name&gt; [--role viewer|approver|admin] [--reset]</c>: the way in before anybody can sign in.
/// With --reset who exists has a new password, and the role where one is given.
/// </summary>
internal static class CreateOperator
{
    public const string Verb = "create-operator";

    private const string Usage = "Usage: LoopBus.Approval create-operator <name> [--role viewer|approver|admin] [--reset]";

    /// <returns>The exit code: 0 where the operator exists now, 2 where the words are wrong, 1 where it failed.</returns>
    public static async Task<int> Run(IServiceProvider services, string[] words, TextWriter said, TextWriter complaints)
    {
        if (Read(words) is not { } wanted)
        {
            await complaints.WriteLineAsync(Usage);
            return 2;
        }

        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ApprovalDbContext>().Database.MigrateAsync();
        var keeper = scope.ServiceProvider.GetRequiredService<OperatorKeeper>();
        var known = await scope.ServiceProvider.GetRequiredService<UserManager<Operator>>().FindByNameAsync(wanted.Name);
        if (known is not null && !wanted.Reset)
        {
            await said.WriteLineAsync($"operator {known.UserName} exists already, with the role {known.Role} (--reset makes a new password)");
            return 0;
        }

        var role = wanted.Role ?? known?.Role ?? Roles.Approver;
        var result = await Keep(keeper, known, wanted, role);
        if (result.Problem is not null)
        {
            await complaints.WriteLineAsync(result.Problem);
            return 1;
        }

        await said.WriteLineAsync($"operator: {result.Name}");
        await said.WriteLineAsync($"role: {role}");
        await said.WriteLineAsync($"password: {result.Password}");
        return 0;
    }

    private static async Task<KeeperResult> Keep(OperatorKeeper keeper, Operator? known, Wanted wanted, string role)
    {
        // A name that is mistyped is not to become somebody.
        if (known is null && wanted is { Reset: true, Role: null })
            return new(wanted.Name, Problem: $"There is no operator {wanted.Name}. Leave --reset out to create one.");
        if (known is null)
            return await keeper.Create(wanted.Name, role, mustChange: false, "console");
        if (known.Role != role && await keeper.SetRole(known.Id, role, "console") is { Problem: not null } refused)
            return refused;

        return await keeper.Reset(known.Id, mustChange: false, "console");
    }

    private static Wanted? Read(string[] words)
    {
        var wanted = new Wanted("", null, false);
        for (var at = 0; at < words.Length; at++)
        {
            switch (words[at])
            {
                case "--reset":
                    wanted = wanted with { Reset = true };
                    break;
                case "--role" when at + 1 < words.Length:
                    wanted = wanted with { Role = words[++at] };
                    break;
                case var name when !name.StartsWith('-') && wanted.Name.Length == 0:
                    wanted = wanted with { Name = name };
                    break;
                default:
                    return null;
            }
        }

        return wanted.Name.Length == 0 ? null : wanted;
    }

    private sealed record Wanted(string Name, string? Role, bool Reset);
}
