using NJsonSchema;
using NJsonSchema.Validation;

namespace LoopBus.Loops.Json;

/// <summary>Turns NJsonSchema's errors into paths and sentences.</summary>
internal static class SchemaErrors
{
    public static IEnumerable<SchemaProblem> Read(ValidationError error) => error switch
    {
        ChildSchemaValidationError { Kind: ValidationErrorKind.ArrayItemNotValid or ValidationErrorKind.AdditionalPropertiesNotValid or ValidationErrorKind.NotAllOf } child =>
            child.Errors.Values.SelectMany(errors => errors).SelectMany(Read),
        _ => [new SchemaProblem(Path(error), Sentence(error), error.Kind is ValidationErrorKind.PropertyRequired or ValidationErrorKind.NoAdditionalPropertiesAllowed)],
    };

    private static string Path(ValidationError error)
    {
        var path = error.Path ?? "";

        return path.StartsWith("#/", StringComparison.Ordinal) ? path[2..] : path.TrimStart('#');
    }

    private static string Sentence(ValidationError error) => error.Kind switch
    {
        ValidationErrorKind.PropertyRequired => "is required",
        ValidationErrorKind.NoAdditionalPropertiesAllowed => "is unknown here",
        ValidationErrorKind.StringExpected => "must be text",
        ValidationErrorKind.IntegerExpected => "must be an integer",
        ValidationErrorKind.NumberExpected => "must be a number",
        ValidationErrorKind.BooleanExpected => "must be true or false",
        ValidationErrorKind.ObjectExpected => "must be an object",
        ValidationErrorKind.ArrayExpected => "must be a list",
        ValidationErrorKind.NullExpected => "must be null",
        ValidationErrorKind.NoTypeValidates => $"must be {string.Join(" or ", Types(error.Schema.Type))}",
        ValidationErrorKind.NotInEnumeration => $"must be one of {string.Join(", ", error.Schema.Enumeration.Select(value => value ?? "null"))}",
        ValidationErrorKind.PatternMismatch => $"must match {error.Schema.Pattern}",
        ValidationErrorKind.StringTooShort => $"must have at least {error.Schema.MinLength} characters",
        ValidationErrorKind.StringTooLong => $"must have at most {error.Schema.MaxLength} characters",
        ValidationErrorKind.NumberTooSmall => error.Schema.Minimum is { } least ? $"must be at least {least}" : $"must be above {error.Schema.ExclusiveMinimum}",
        ValidationErrorKind.NumberTooBig => error.Schema.Maximum is { } most ? $"must be at most {most}" : $"must be below {error.Schema.ExclusiveMaximum}",
        ValidationErrorKind.TooFewItems => $"must have at least {error.Schema.MinItems} items",
        ValidationErrorKind.TooManyItems => $"must have at most {error.Schema.MaxItems} items",
        ValidationErrorKind.ItemsNotUnique => "must have no item twice",
        ValidationErrorKind.NotAnyOf or ValidationErrorKind.NotOneOf => $"must have {(error.Kind == ValidationErrorKind.NotOneOf ? "exactly " : "")}one of its shapes{Inner(error)}",
        ValidationErrorKind.ExcludedSchemaValidates => "must not have the shape that is excluded",
        var kind => $"breaks the schema: {kind}",
    };

    private static IEnumerable<string> Types(JsonObjectType types) =>
        Enum.GetValues<JsonObjectType>().Where(type => type != JsonObjectType.None && types.HasFlag(type)).OrderBy(type => type == JsonObjectType.Null).Select(type => type switch
        {
            JsonObjectType.String => "text",
            JsonObjectType.Boolean => "true or false",
            JsonObjectType.Array => "a list",
            JsonObjectType.Integer => "an integer",
            JsonObjectType.Number => "a number",
            JsonObjectType.Object => "an object",
            _ => "null",
        });

    private static string Inner(ValidationError error)
    {
        var inner = error is ChildSchemaValidationError child ? child.Errors.Values.Select(shape => string.Join(" and ", shape.SelectMany(Read).Take(3))).ToList() : [];

        return inner.Count == 0 ? "" : $" ({string.Join("; or ", inner.Take(4))})";
    }
}
