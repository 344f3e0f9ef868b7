using LoopBus.Executor.FalsePositives;
using LoopBus.Executor.Tools.Git;
using LoopBus.Executor.Tools.Review.Asking;
using LoopBus.Executor.Tools.Review.Rules;
using LoopBus.Executor.Tools.Review.Rules.Api;
using LoopBus.Executor.Tools.Review.Rules.Performance;
using LoopBus.Executor.Tools.Review.Rules.Security;
using LoopBus.Hosting.Git;

namespace LoopBus.Executor.Tools.Review;

/// <summary>The tools of a review, and the rules that it goes by.</summary>
internal static class ReviewRegistration
{
    public static IServiceCollection AddReviewTools(this IServiceCollection services) =>
        services
            .AddGit()
            .AddSingleton<IRule, SecretRule>()
            .AddSingleton<IRule, SqlRule>()
            .AddSingleton<IRule, ProcessRule>()
            .AddSingleton<IRule, CertificateRule>()
            .AddSingleton<IRule, WeakCryptoRule>()
            .AddSingleton<IRule, XmlRule>()
            .AddSingleton<IRule, BlockingWaitRule>()
            .AddSingleton<IRule, StringBuildingRule>()
            .AddSingleton<IRule, CountRule>()
            .AddSingleton<IRule, HotAllocationRule>()
            .AddSingleton<IRule, ApiRule>()
            .AddSingleton<IRule, OversizedRule>()
            .AddSingleton<Analysis>()
            .AddTool<ChangedFilesTool>()
            .AddTool<ShowFileTool>()
            .AddTool<AnalyzeFileTool>()
            .AddTool<AskModelTool>()
            .AddTool<KnownFalsePositivesTool>()
            .AddTool<AggregateTool>()
            .AddTool<PostNotesTool>()
            .AddTool<RemoveNotesTool>();
}
