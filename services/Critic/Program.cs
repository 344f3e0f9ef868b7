using LoopBus.Critic;
using LoopBus.Critic.Checks;
using LoopBus.Hosting;
using LoopBus.Models;
using LoopBus.Persistence;
using LoopBus.Persistence.Retention;
using MassTransit;

var builder = ServiceHost.CreateBuilder(args, "critic", 5084);

builder.Services.AddOptions<CriticOptions>().BindConfiguration(CriticOptions.Section).ValidateDataAnnotations()
    .Validate(options => options.Commands.Values.All(Path.IsPathFullyQualified), $"{CriticOptions.Section}:Commands must be the full paths of programs.").ValidateOnStart();
builder.AddPersistence<CriticDbContext>(CriticDbContext.Schema);
builder.AddRetention(2, OldVerdicts.Remove);
builder.AddModels<CriticDbContext>();
builder.Services.AddChecks();
builder.Services.AddSingleton<GroundedCritic>().AddScoped<JudgeSpending>().AddScoped<RubricJudge>().AddScoped<ICritic, ModelCritic>().AddSingleton<CriticLog>().AddScoped<VerdictJournal>();
builder.AddServiceBus(
    bus => bus.AddConsumer<JudgeResultConsumer, JudgeResultConsumerDefinition>(),
    (context, endpoint) => endpoint.UseUnitOfWork<CriticDbContext>(context));

var app = builder.Build();
app.MapDefaults();
await app.RunAsync();
