using LoopBus.Approval.Auditing;
using LoopBus.Approval.DeadLetters;
using LoopBus.Approval.Questions;
using LoopBus.Hosting;
using LoopBus.Loops.Tools;
using LoopBus.Persistence.Retention;

namespace LoopBus.Approval;

/// <summary>What decides and keeps, between the pages and the bus.</summary>
internal static class DeskRegistration
{
    public static void AddDesks(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<Audit>();
        services.AddScoped<Answers>();
        services.AddScoped<QuestionDesk>();
        services.AddSingleton<DecisionDesk>();
        services.AddSingleton<EntryReader>();
        services.AddScoped<Editions>();
        services.AddSingleton(ToolCatalogue.With(builder.Configuration["LoopBus:Mcp:Descriptors"]));
        services.AddScoped<DeadLetterDesk>();
        services.AddSingleton<DeadLetterQueue>();
        services.AddSingleton(provider => new GrantSigner(provider.GetRequiredService<IConfiguration>()["LoopBus:Grants:SigningKey"] ?? ""));
        services.AddHostedService<SigningKeyCheck>();
        builder.AddRetention(1, OldRows.DiscardLetters);
        builder.AddRetention(2, OldRows.RemoveLetters);
        builder.AddRetention(1, OldRows.RemoveQuestions);
    }
}
