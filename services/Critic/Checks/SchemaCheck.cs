using LoopBus.Loops.Json;

namespace LoopBus.Critic.Checks;

/// <summary>schema: the result, or each value at a path in it, has this shape.</summary>
internal sealed class SchemaCheck : ICheck
{
    public string Kind => "schema";

    public Task<Finding> Evaluate(Question question, CancellationToken cancellationToken)
    {
        var schema = question.Value("schema");
        var selection = question.SelectOrAll();
        var wrong = selection.Missing.Concat(selection.Found.SelectMany(match => JsonSchemaCheck.Problems(schema, match.Value)
            .Select(problem => match.Path.Length == 0 ? problem : $"{match.Path}: {problem}"))).ToList();

        return Task.FromResult(Finding.Of(wrong, $"{selection.Found.Count} {(selection.Found.Count == 1 ? "value has" : "values have")} the shape."));
    }
}
