using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopBus.Executor.Tools.Review.Rules.Performance;

/// <summary>A thread that waits for a task: .Result, .Wait() or GetAwaiter().GetResult(); a task that has ended may be read.</summary>
internal sealed class BlockingWaitRule : IRule
{
    public string Name => "performance/blocking-wait";

    public IEnumerable<Hit> Look(Change change) => change is { IsCSharp: true, New: { } text, File.IsTest: false } ? In(text) : [];

    private static IEnumerable<Hit> In(Source source)
    {
        var text = source.CSharp;
        foreach (var access in text.All<MemberAccessExpressionSyntax>())
        {
            var confidence = access.Name.Identifier.ValueText switch
            {
                "Result" when access.Parent is not InvocationExpressionSyntax call || call.Expression != access => Task(
                    text,
                    access.Expression
                ),
                "Wait" when access.Parent is InvocationExpressionSyntax call && call.Expression == access => Task(text, access.Expression),
                "GetResult" when Awaited(access) is { } awaited => Math.Max(Task(text, awaited), text.TypeOf(awaited) is null ? 0.8 : 0),
                _ => 0,
            };
            if (confidence > 0 && !HasEnded(access) && !IsNameof(access))
                yield return Hit.At(
                    source,
                    access.Name,
                    Severity.Medium,
                    confidence,
                    $"A thread waits here ({access.Name}) for a task: under load this starves the pool and can lock up; await it."
                );
        }

        foreach (var call in text.All<InvocationExpressionSyntax>())
            if (call.Expression.ToString() is "Task.WaitAll" or "Task.WaitAny")
                yield return Hit.At(
                    source,
                    call,
                    Severity.Medium,
                    0.8,
                    "A thread waits here for tasks: under load this starves the pool and can lock up; await Task.WhenAll or WhenAny."
                );
    }

    /// <summary>How sure we are that the expression is a task.</summary>
    private static double Task(CSharpText text, ExpressionSyntax expression)
    {
        if (text.TypeOf(expression) is { } type)
            return type.Name is "Task" or "ValueTask" && type.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks" ? 0.95 : 0;

        return Origins.Bare(expression) switch
        {
            InvocationExpressionSyntax call when NameOf(call.Expression).EndsWith("Async", StringComparison.Ordinal) => 0.8,
            // What a bus or a mediator is given is on its way.
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Send" or "Publish" } } =>
                0.65,
            IdentifierNameSyntax or MemberAccessExpressionSyntax when IsTaskName(NameOf(expression)) => 0.7,
            IdentifierNameSyntax name
                when text.SymbolOf(name) is ILocalSymbol local
                    && Origins.OnlyValue(text, local) is InvocationExpressionSyntax value
                    && NameOf(value.Expression).EndsWith("Async", StringComparison.Ordinal) => 0.8,
            _ => 0,
        };
    }

    private static ExpressionSyntax? Awaited(MemberAccessExpressionSyntax access) =>
        access.Expression
            is InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter", Expression: var awaited }
            }
            ? awaited
                is InvocationExpressionSyntax
                {
                    Expression: MemberAccessExpressionSyntax
                    {
                        Name.Identifier.ValueText: "ConfigureAwait" or "AsTask",
                        Expression: var inner
                    }
                }
                ? inner
                : awaited
            : null;

    // Awaited before (itself or by WhenAll/WhenAny), known to be complete, or the task that a continuation is given.
    private static bool HasEnded(MemberAccessExpressionSyntax access)
    {
        var task = (Awaited(access) ?? access.Expression).ToString();
        if (access.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member || task.Contains('(', StringComparison.Ordinal))
            return false;

        var root = task.Split('.', '[')[0];
        var isContinuation = access
            .Ancestors()
            .OfType<LambdaExpressionSyntax>()
            .Any(lambda =>
                Parameters(lambda).Contains(root)
                && lambda.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
                && NameOf(call.Expression) is "ContinueWith" or "ContinueWhenAll" or "ContinueWhenAny"
            );
        return isContinuation
            || member
                .DescendantNodes()
                .Where(node => node.SpanStart < access.SpanStart)
                .Any(node =>
                    node switch
                    {
                        AwaitExpressionSyntax awaited => awaited
                            .DescendantNodes()
                            .Any(inner => inner is ExpressionSyntax && inner.ToString() == task.Split('[')[0]),
                        MemberAccessExpressionSyntax
                        {
                            Name.Identifier.ValueText: "IsCompleted" or "IsCompletedSuccessfully" or "IsFaulted"
                        } known => known.Expression.ToString() == task,
                        _ => false,
                    }
                )
            || member
                .DescendantNodes()
                .OfType<LambdaExpressionSyntax>()
                .Any(lambda => Parameters(lambda).Contains(root) && lambda.Span.Contains(access.Span) && AfterWhenAll(member, access));
    }

    // tasks.Select(task => task.Result) after await Task.WhenAll(tasks)
    private static bool AfterWhenAll(MemberDeclarationSyntax member, SyntaxNode access) =>
        member
            .DescendantNodes()
            .OfType<AwaitExpressionSyntax>()
            .Any(awaited =>
                awaited.SpanStart < access.SpanStart && awaited.Expression.ToString().Contains("WhenAll", StringComparison.Ordinal)
            );

    private static IEnumerable<string> Parameters(LambdaExpressionSyntax lambda) =>
        lambda switch
        {
            SimpleLambdaExpressionSyntax simple => [simple.Parameter.Identifier.ValueText],
            ParenthesizedLambdaExpressionSyntax several => several.ParameterList.Parameters.Select(parameter =>
                parameter.Identifier.ValueText
            ),
            _ => [],
        };

    private static bool IsTaskName(string name) => name == "task" || name.EndsWith("Task", StringComparison.Ordinal) || name == "_task";

    private static string NameOf(ExpressionSyntax expression) =>
        expression switch
        {
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
            SimpleNameSyntax name => name.Identifier.ValueText,
            _ => "",
        };

    private static bool IsNameof(SyntaxNode node) =>
        node.Ancestors().OfType<InvocationExpressionSyntax>().Any(call => call.Expression.ToString() == "nameof");
}
