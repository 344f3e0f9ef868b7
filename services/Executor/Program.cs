using LoopBus.Executor;
using LoopBus.Executor.Tools;
using LoopBus.Executor.Tools.Files;
using LoopBus.Executor.Tools.Http;
using LoopBus.Executor.Tools.Mcp;
using LoopBus.Executor.Tools.Noop;
using LoopBus.Executor.Tools.Review;
using LoopBus.Hosting;
using LoopBus.Persistence;
using MassTransit;

if (args is [McpDescription.Verb, .. var rest])
    return await McpDescription.Write(WebApplication.CreateBuilder(rest).Configuration, Console.Out, Console.Error);

var builder = ServiceHost.CreateBuilder(args, "executor", 5083);

builder.AddPersistence<ExecutorDbContext>(ExecutorDbContext.Schema);
builder.AddExecutor();

builder.Services
    .AddTool<HttpRequestTool>()
    .AddFileTools()
    .AddMcpTools()
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
return 0;
