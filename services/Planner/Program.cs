using LoopBus.Hosting;
using LoopBus.Loops.Tools;
using LoopBus.Models;
using LoopBus.Persistence;
using LoopBus.Persistence.Retention;
using LoopBus.Planner;
using LoopBus.Planner.Debating;
using LoopBus.Planner.Memories;
using MassTransit;

var builder = ServiceHost.CreateBuilder(args, "planner", 5082);

builder.Services.AddOptions<PlannerOptions>().BindConfiguration(PlannerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
builder.AddPersistence<PlannerDbContext>(PlannerDbContext.Schema);
builder.AddRetention(2, OldPlans.Remove);
builder.AddMemories();
builder.Services.AddOpenApi().AddBadRequests().AddProblems();
builder.Services.AddSingleton(ToolCatalogue.With(builder.Configuration["LoopBus:Mcp:Descriptors"]));
builder.AddModels<PlannerDbContext>();
builder.Services.AddScoped<IPlanner, ScriptedPlanner>().AddScoped<IPlanner, ModelPlanner>().AddScoped<IPlanner, ActionPlanner>().AddScoped<IPlanner, DebatePlanner>().AddScoped<Planners>();
builder.Services.AddScoped<ActionPlanner>().AddScoped<Debate>().AddScoped<PlanQuestion>().AddScoped<PlanSpending>().AddScoped<Anchors>().AddSingleton<RunPrompt>();
builder.Services.AddSingleton<PlannerLog>().AddSingleton<PlannerMetrics>().AddScoped<PlanJournal>();
builder.AddServiceBus(
    bus =>
    {
        bus.AddConsumer<MakePlanConsumer, MakePlanConsumerDefinition>();
        bus.AddConsumer<NoteVerdictConsumer, NoteVerdictConsumerDefinition>();
        bus.AddConsumer<RememberRunConsumer, RememberRunConsumerDefinition>();
    },
    (context, endpoint) => endpoint.UseUnitOfWork<PlannerDbContext>(context));

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.MapDefaults();
app.MapMemories();
await app.RunAsync();
