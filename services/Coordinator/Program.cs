using LoopBus.Coordinator;
using LoopBus.Coordinator.Api;
using LoopBus.Coordinator.Budgets;
using LoopBus.Coordinator.History;
using LoopBus.Coordinator.Intake;
using LoopBus.Coordinator.Registry;
using LoopBus.Coordinator.Runs;
using LoopBus.Hosting;
using LoopBus.Loops.Tools;
using LoopBus.Persistence;
using MassTransit;

var builder = ServiceHost.CreateBuilder(args, "coordinator", 5081);

builder.Services.AddOptions<CoordinatorOptions>().BindConfiguration(CoordinatorOptions.Section).ValidateDataAnnotations().ValidateOnStart();
builder.AddPersistence<CoordinatorDbContext>("coordinator");
builder.AddHistory();
builder.Services.AddSingleton(ToolCatalogue.With(builder.Configuration["LoopBus:Mcp:Descriptors"]));
builder.Services.AddSingleton<LoopRegistry>().AddSingleton<LoopArchive>().AddHostedService<LoopLoader>();
builder.Services.AddSingleton<StepFactory>().AddSingleton<PlanMemory>().AddSingleton<EarlierResults>();
builder.Services.AddSingleton<RunMetrics>().AddSingleton<RunReporter>().AddSingleton<RunVoice>().AddSingleton<RunBehavior>();
builder.Services.AddIntake();
builder.AddBudgets();
builder.Services.AddOpenApi(api => api.AddSchemaTransformer<TriggerSchema>()).AddBadRequests().AddProblems();

builder.AddServiceBus(
    bus =>
    {
        bus.AddConsumer<TriggerConsumer, TriggerConsumerDefinition>();
        bus.AddSagaStateMachine<RunStateMachine, RunState, RunStateDefinition>().UnitOfWorkRepository<CoordinatorDbContext>();
    },
    (context, endpoint) => endpoint.UseUnitOfWork<CoordinatorDbContext>(context, actsOutside: false));

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.MapDefaults();
app.MapOpenApi();
app.MapRuns();
await app.RunAsync();
