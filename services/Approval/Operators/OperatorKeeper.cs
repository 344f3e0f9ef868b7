using LoopBus.Approval.Auditing;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Approval.Operators;

/// <summary>Makes and changes operators, each change with its line in the audit.</summary>
internal sealed class OperatorKeeper(UserManager<Operator> operators, Audit audit, TimeProvider clock)
{
    public async Task<IReadOnlyList<Operator>> All(CancellationToken ct) =>
        await operators.Users.AsNoTracking().OrderBy(person => person.Disabled).ThenBy(person => person.NormalizedUserName).ToListAsync(ct);

    public async Task<KeeperResult> Create(string name, string role, bool mustChange, string by)
    {
        if (!Roles.All.Contains(role))
            return new(name, Problem: $"There is no role {role}; roles are {string.Join(", ", Roles.All)}.");

        var password = OneTimePassword.Make();
        var person = new Operator
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()), UserName = name, Role = role, MustChangePassword = mustChange, CreatedAt = clock.GetUtcNow(),
        };
        audit.Add(by, "operator-created", "/operators", $"{name}, {role}");
        var result = await operators.CreateAsync(person, password);
        return result.Succeeded ? new(name, $"{name} is added.", password) : Failed(name, result);
    }

    public async Task<KeeperResult> Reset(Guid id, bool mustChange, string by)
    {
        if (await operators.FindByIdAsync(id.ToString()) is not { } person)
            return Unknown;

        var password = OneTimePassword.Make();
        person.PasswordHash = operators.PasswordHasher.HashPassword(person, password);
        person.MustChangePassword = mustChange;
        person.LockoutEnd = null;
        person.AccessFailedCount = 0;
        audit.Add(by, "operator-password-reset", "/operators", person.UserName);

        // The new stamp ends the sessions that the old password opened.
        var result = await operators.UpdateSecurityStampAsync(person);
        return result.Succeeded ? new(person.UserName, $"{person.UserName} has a new password.", password) : Failed(person.UserName!, result);
    }

    public async Task<KeeperResult> SetRole(Guid id, string role, string by)
    {
        if (await operators.FindByIdAsync(id.ToString()) is not { } person)
            return Unknown;
        if (!Roles.All.Contains(role))
            return new(person.UserName, Problem: $"There is no role {role}; roles are {string.Join(", ", Roles.All)}.");
        if (await IsLastAdmin(person) && role != Roles.Admin)
            return new(person.UserName, Problem: $"{person.UserName} is the last admin. Make another one first.");

        audit.Add(by, "operator-role-set", "/operators", $"{person.UserName}: {person.Role} to {role}");
        person.Role = role;
        return await Save(person, $"{person.UserName} is {role} now.");
    }

    public async Task<KeeperResult> SetDisabled(Guid id, bool disabled, string by)
    {
        if (await operators.FindByIdAsync(id.ToString()) is not { } person)
            return Unknown;
        if (disabled && await IsLastAdmin(person))
            return new(person.UserName, Problem: $"{person.UserName} is the last admin. Make another one first.");

        audit.Add(by, disabled ? "operator-disabled" : "operator-enabled", "/operators", person.UserName);
        person.Disabled = disabled;
        return await Save(person, $"{person.UserName} is {(disabled ? "disabled and signed out" : "enabled")}.");
    }

    private static KeeperResult Unknown => new(null, Problem: "There is no such person any more. Load the page again.");

    private async Task<KeeperResult> Save(Operator person, string done)
    {
        var result = await operators.UpdateSecurityStampAsync(person);
        return result.Succeeded ? new(person.UserName, done) : Failed(person.UserName!, result);
    }

    private static KeeperResult Failed(string name, IdentityResult result) =>
        new(name, Problem: string.Join(' ', result.Errors.Select(error => error.Description)));

    private async Task<bool> IsLastAdmin(Operator person) =>
        person is { Role: Roles.Admin, Disabled: false }
        && !await operators.Users.AnyAsync(other => other.Id != person.Id && other.Role == Roles.Admin && !other.Disabled);
}
