using LoopBus.Approval.Operators;
using LoopBus.Approval.Web;
using LoopBus.Hosting;
using LoopBus.Persistence;

namespace LoopBus.Approval;

internal sealed class Program
{
    public static async Task<int> Main(string[] args)
    {
        var verb = args is [CreateOperator.Verb, ..];
        await using var app = Build(verb ? [] : args, silent: verb);
        if (verb)
            return await CreateOperator.Run(app.Services, args[1..], Console.Out, Console.Error);

        await app.RunAsync();
        return 0;
    }

    public static WebApplication Build(string[] args, bool silent = false)
    {
        var builder = ServiceHost.CreateBuilder(args, "approval", 5080);
        // A verb's output is its answer, which scripts read.
        if (silent)
            builder.Logging.ClearProviders();
        builder.AddPersistence<ApprovalDbContext>(ApprovalDbContext.Schema);
        builder.AddDesks();
        builder.AddWeb();
        builder.AddServiceBus(ApprovalConsumers.AddTo, (context, endpoint) => endpoint.UseUnitOfWork<ApprovalDbContext>(context));

        var app = builder.Build();
        app.MapDefaults();
        app.UseWeb();
        return app;
    }
}
