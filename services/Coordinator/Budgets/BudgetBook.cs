using System.Runtime.CompilerServices;
using LoopBus.Loops.Budgets;
using LoopBus.Persistence;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Coordinator.Budgets;

/// <summary>
/// The rows of the budgets. Many runs write the same row: what a message changes in one is a statement that adds to it, in the transaction of the run that it is
/// about, and a reservation is made only where it still fits then. Rows are written in the same order by all, so that none waits for another in a circle.
/// </summary>
internal sealed class BudgetBook(IRows rows, IDbContextFactory<CoordinatorDbContext> databases)
{
    // By message: one that is run again begins with none.
    private readonly ConditionalWeakTable<IUnitOfWork, SortedList<(DateOnly Day, string Scope), BudgetChange>> pending = [];

    /// <summary>The budgets as they stand, with what this message has changed already; what has no row yet gets one.</summary>
    public async Task<IReadOnlyList<BudgetDay>> Read(IUnitOfWork unit, IReadOnlyList<BudgetScope> scopes, DateOnly day, CancellationToken cancellationToken)
    {
        var names = scopes.Select(scope => scope.Name).ToList();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var found = await database.Budgets.AsNoTracking().Where(row => row.Day == day && names.Contains(row.Scope)).ToDictionaryAsync(row => row.Scope, cancellationToken);

        foreach (var scope in scopes.Where(scope => !found.ContainsKey(scope.Name)))
        {
            var row = new BudgetRow { Scope = scope.Name, Day = day, LimitTokens = scope.Limit.Tokens, LimitUsd = scope.Limit.Usd };
            await rows.Commit(writes => writes.Insert(row), cancellationToken);
            // Where another was first, the guard of the reservation knows what it has taken since.
            found[scope.Name] = row;
        }

        var changes = pending.TryGetValue(unit, out var of) ? of : [];

        return [.. scopes.Select(scope => found[scope.Name].At(scope.Limit)).Select(budget => changes.GetValueOrDefault((day, budget.Scope))?.On(budget) ?? budget)];
    }

    /// <summary>Reserves with the commit. Where a budget does not have it any more by then, the message is run again, and reads what is left.</summary>
    public void Reserve(IUnitOfWork unit, BudgetDay of, DateOnly day, Amount amount)
    {
        var change = Change(unit, day, of.Scope);
        change.Reserved += amount;
        change.Within = of.Limit;
    }

    /// <summary>Books with the commit what an answer took, and gives back what was reserved for it.</summary>
    public void Settle(IUnitOfWork unit, string scope, DateOnly day, Amount spent, Amount reserved)
    {
        var change = Change(unit, day, scope);
        change.Spent += spent;
        change.Reserved -= reserved;
    }

    /// <summary>Notes with the commit that the budget could not give what was wanted.</summary>
    public void Deny(IUnitOfWork unit, string scope, DateOnly day) => Change(unit, day, scope).Denied++;

    private BudgetChange Change(IUnitOfWork unit, DateOnly day, string scope)
    {
        if (!pending.TryGetValue(unit, out var changes))
        {
            pending.Add(unit, changes = new SortedList<(DateOnly Day, string Scope), BudgetChange>(Order));
            Enlist(unit, changes);
        }

        if (!changes.TryGetValue((day, scope), out var change))
            changes.Add((day, scope), change = new BudgetChange());

        return change;
    }

    private static readonly IComparer<(DateOnly Day, string Scope)> Order = Comparer<(DateOnly Day, string Scope)>.Create(
        static (left, right) => left.Day.CompareTo(right.Day) is var days and not 0 ? days : string.CompareOrdinal(left.Scope, right.Scope));

    private void Enlist(IUnitOfWork unit, SortedList<(DateOnly Day, string Scope), BudgetChange> changes) => unit.Enlist(async (connection, transaction, cancellationToken) =>
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        database.Database.SetDbConnection(connection, contextOwnsConnection: false);
        await database.Database.UseTransactionAsync(transaction, cancellationToken);
        foreach (var ((day, scope), change) in changes)
            await change.Write(database, day, scope, cancellationToken);
    });
}
