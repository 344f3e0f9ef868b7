using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopBus.Executor.Tools.Review.Rules;

/// <summary>Refuses a tree that is deeper than the compiler's binder has stack for: it would end the process, and a reviewed change may be made for that.</summary>
internal static class Nesting
{
    private const int Deepest = 500;

    // a + b + c + … is bound in a loop, though in time that grows with its square.
    private const int LongestSum = 2000;

    /// <exception cref="InsufficientExecutionStackException">The tree is too deep.</exception>
    public static void Check(SyntaxNode root)
    {
        var open = new Stack<(SyntaxNode Node, int Depth, int Sum)>([(root, 0, 0)]);
        while (open.TryPop(out var at))
        {
            if (at.Depth > Deepest || at.Sum > LongestSum)
                throw new InsufficientExecutionStackException("The program is nested too deep.");

            foreach (var child in at.Node.ChildNodes())
                open.Push(
                    at.Node is BinaryExpressionSyntax sum && sum.Left == child ? (child, at.Depth, at.Sum + 1) : (child, at.Depth + 1, 0)
                );
        }
    }
}
