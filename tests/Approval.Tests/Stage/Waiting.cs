using System.Buffers.Binary;
using LoopBus.Approval.Questions;
using LoopBus.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Approval.Tests.Stage;

/// <summary>Waits for what the service keeps.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Task Has(this ApprovalSite site, Guid question) => site.Has(question, _ => true, "is kept");

    public static async Task<Question> Has(this ApprovalSite site, Guid question, Func<Question, bool> fits, string what) =>
        await Eventually.Value(
            async () =>
            {
                await using var scope = site.Services.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<ApprovalDbContext>();
                var found = await db.Questions.Include(q => q.Votes).SingleOrDefaultAsync(q => q.Id == question);
                return found is not null && fits(found) ? found : null;
            },
            Patience,
            $"question {question} {what}");

    public static async Task<T> Read<T>(this ApprovalSite site, Func<ApprovalDbContext, Task<T>> read)
    {
        await using var scope = site.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<ApprovalDbContext>());
    }

    public static Task<Guid> IdOf(this ApprovalSite site, Person person) =>
        site.Read(db => db.Users.Where(user => user.UserName == person.Name).Select(user => user.Id).SingleAsync());

    /// <summary>How many rounds the hash of a password took: Identity's version 3 writes one byte for the version, four for the function, four for the rounds.</summary>
    public static async Task<int> RoundsOf(this ApprovalSite site, Person person)
    {
        var hash = await site.Read(db => db.Users.Where(user => user.UserName == person.Name).Select(user => user.PasswordHash).SingleAsync());
        return BinaryPrimitives.ReadInt32BigEndian(Convert.FromBase64String(hash!).AsSpan(5));
    }
}
