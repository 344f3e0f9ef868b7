using LoopBus.Executor;
using LoopBus.Executor.Bidding;
using LoopBus.Executor.FalsePositives;
using LoopBus.Executor.Tools;
using LoopBus.Executor.Tools.Files;
using LoopBus.Executor.Tools.Http;
using LoopBus.Executor.Tools.Mcp;
using LoopBus.Executor.Tools.Noop;
using LoopBus.Executor.Tools.Review;
using LoopBus.Executor.Tools.Rules;
using LoopBus.Hosting;
using LoopBus.Persistence;
using MassTransit;

if (args is [McpDescription.Verb, .. var rest])
    return await McpDescription.Write(WebApplication.CreateBuilder(rest).Configuration, Console.Out, Console.Error);

var builder = ServiceHost.CreateBuilder(args, "executor", 5083);

builder.AddPersistence<ExecutorDbContext>(ExecutorDbContext.Schema);
builder.AddExecutor();

builder.Services.AddHttpTools().AddFileTools().AddMcpTools().AddReviewTools().AddTool<RulesMatchTool>().AddTool<NoopEffectTool>();

builder.AddServiceBus(
    consumers =>
    {
        consumers.AddConsumer<ExecuteStepConsumer, ExecutorConsumer<ExecuteStepConsumer>>();
        consumers.AddConsumer<ExecuteSegmentConsumer, ExecutorConsumer<ExecuteSegmentConsumer>>();
        consumers.AddConsumer<CancelSegmentConsumer, ExecutorConsumer<CancelSegmentConsumer>>();
        consumers.AddConsumer<CompensateStepConsumer, ExecutorConsumer<CompensateStepConsumer>>();
        consumers.AddBidding();
        consumers.AddConsumer<NoteRejectionConsumer, ExecutorConsumer<NoteRejectionConsumer>>();
    },
    (context, endpoint) => endpoint.UseUnitOfWork<ExecutorDbContext>(context));

var app = builder.Build();
app.MapDefaults();
await app.RunAsync();
return 0;
