using LoopBus.Coordinator.Registry;

namespace LoopBus.Coordinator.Api;

/// <summary>The loops that can be triggered, and why other loop files were refused.</summary>
internal sealed record LoopPage(IReadOnlyList<LoopView> Loops, IReadOnlyList<string> Problems)
{
    public static LoopPage Of(LoopRegistry loops, bool showsProblems) =>
        new([.. loops.All.Select(loop => new LoopView(loop.Name, loop.Version, loop.Hash, loop.Owner, loop.Description, loop.Input))], showsProblems ? loops.Problems : []);
}
