using LoopBus.Executor;
using LoopBus.Executor.Ledger;
using LoopBus.Executor.Tools;
using LoopBus.Executor.Tools.Files;
using LoopBus.Executor.Tools.Http;
using LoopBus.Executor.Tools.Noop;
using LoopBus.Executor.Tools.Review;
using LoopBus.Hosting;
using LoopBus.Persistence;
using LoopBus.Persistence.Retention;
using MassTransit;

var builder = ServiceHost.CreateBuilder(args, "executor", 5083);

builder.AddPersistence<ExecutorDbContext>(ExecutorDbContext.Schema);
builder.AddRetention(2, OldEffects.RemoveEffects);
builder.AddRetention(2, OldEffects.RemoveHalts);
builder.AddExecutor();

builder.Services
    .AddTool<HttpRequestTool>()
    .AddTool<FileReadTool>()
    .AddTool<FileWriteTool>()
    .AddTool<FileRestoreTool>()
    .AddTool<NoopEffectTool>()
    .AddReviewTools();

builder.AddServiceBus(
    consumers =>
    {
        consumers.AddConsumer<ExecuteStepConsumer, ExecuteStepConsumerDefinition>();
        consumers.AddConsumer<ExecuteSegmentConsumer, ExecuteSegmentConsumerDefinition>();
        consumers.AddConsumer<CancelSegmentConsumer, CancelSegmentConsumerDefinition>();
        consumers.AddConsumer<CompensateStepConsumer, CompensateStepConsumerDefinition>();
    },
    (context, endpoint) => endpoint.UseUnitOfWork<ExecutorDbContext>(context));

var app = builder.Build();
app.MapDefaults();
await app.RunAsync();
