using LoopBus.Hosting;
using LoopBus.Loops.Tools;
using LoopBus.Models;
using LoopBus.Persistence;
using LoopBus.Persistence.Retention;
using LoopBus.Planner;
using MassTransit;

var builder = ServiceHost.CreateBuilder(args, "planner", 5082);

builder.Services.AddOptions<PlannerOptions>().BindConfiguration(PlannerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
builder.AddPersistence<PlannerDbContext>(PlannerDbContext.Schema);
builder.AddRetention(2, OldPlans.Remove);
builder.Services.AddSingleton(ToolCatalogue.With(builder.Configuration["LoopBus:Mcp:Descriptors"]));
builder.AddModels<PlannerDbContext>();
builder.Services.AddScoped<IPlanner, ScriptedPlanner>().AddScoped<IPlanner, ModelPlanner>().AddScoped<Planners>();
builder.Services.AddSingleton<PlannerLog>().AddScoped<PlanJournal>().AddScoped<PlanSpending>();
builder.AddServiceBus(
    bus =>
    {
        bus.AddConsumer<MakePlanConsumer, MakePlanConsumerDefinition>();
        bus.AddConsumer<NoteVerdictConsumer, NoteVerdictConsumerDefinition>();
    },
    (context, endpoint) => endpoint.UseUnitOfWork<PlannerDbContext>(context));

var app = builder.Build();
app.MapDefaults();
await app.RunAsync();
