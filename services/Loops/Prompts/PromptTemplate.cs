using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using HandlebarsDotNet;

namespace LoopBus.Loops.Prompts;

/// <summary>
/// A prompt as a Handlebars template. <c>{{json x}}</c> writes a value as JSON; <c>{{data "name" x}}</c> writes it between marks that its text can not
/// contain: what tools and people wrote stays data, and is never mistaken for the prompt.
/// </summary>
public sealed class PromptTemplate
{
    private static readonly JsonSerializerOptions Shown = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly IHandlebars Handlebars = Make();

    // More than the prompts of the loops that run; whoever sends other texts can not fill the memory with them.
    private const int Most = 100;

    private static readonly ConcurrentDictionary<string, PromptTemplate> Made = new(StringComparer.Ordinal);

    private readonly HandlebarsTemplate<object, object> template;

    private PromptTemplate(string text)
    {
        try
        {
            template = Handlebars.Compile(text);
        }
        catch (HandlebarsException exception)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    /// <summary>The template for plans that a loop uses which has none of its own.</summary>
    public static PromptTemplate Plan { get; } = new(Embedded("plan.hbs"));

    /// <summary>The template for the next action, that a loop uses which has none of its own.</summary>
    public static PromptTemplate Act { get; } = new(Embedded("act.hbs"));

    /// <summary>The template for summing up a run's older actions.</summary>
    public static PromptTemplate Summary { get; } = new(Embedded("summarize.hbs"));

    /// <summary>The template for judging a result by a rubric.</summary>
    public static PromptTemplate Rubric { get; } = new(Embedded("rubric.hbs"));

    /// <summary>The template for comparing two candidates.</summary>
    public static PromptTemplate Comparison { get; } = new(Embedded("compare.hbs"));

    /// <summary>The template for looking at a change of one file.</summary>
    public static PromptTemplate Review { get; } = new(Embedded("review.hbs"));

    /// <summary>The template for proposing a result in a debate.</summary>
    public static PromptTemplate Argue { get; } = new(Embedded("argue.hbs"));

    /// <summary>The template for choosing the best result of a debate.</summary>
    public static PromptTemplate Choose { get; } = new(Embedded("choose.hbs"));

    /// <summary>The template of a text, compiled once.</summary>
    /// <exception cref="FormatException">The text is no template.</exception>
    public static PromptTemplate Of(string text)
    {
        if (Made.Count >= Most)
            Made.Clear();

        return Made.GetOrAdd(text, static text => new PromptTemplate(text));
    }

    /// <returns>What is wrong with a template; null where nothing is.</returns>
    public static string? Problem(string text)
    {
        try
        {
            Of(text);

            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    /// <exception cref="FormatException">The template asks for what there is not.</exception>
    public string Render(object values)
    {
        try
        {
            return template(values);
        }
        catch (HandlebarsException exception)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    /// <returns>JSON as a template walks through it: <c>{{input.question}}</c>.</returns>
    public static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().ToDictionary(property => property.Name, property => Plain(property.Value), StringComparer.Ordinal),
        JsonValueKind.Array => value.EnumerateArray().Select(Plain).ToList(),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.TryGetDecimal(out var number) ? number : value.GetDouble(),
        _ => null,
    };

    private static IHandlebars Make()
    {
        var handlebars = HandlebarsDotNet.Handlebars.Create(new HandlebarsConfiguration { NoEscape = true });
        handlebars.RegisterHelper("json", (writer, _, arguments) => writer.WriteSafeString(Json(arguments[0])));
        handlebars.RegisterHelper("data", (writer, _, arguments) => writer.WriteSafeString(Fence.Of($"{arguments[0]}", Json(arguments[1]))));

        // What a run did so far, the same in every prompt: {{> run}}.
        handlebars.RegisterTemplate("run", Embedded("run.hbs"));

        return handlebars;
    }

    /// <returns>A value as <c>{{json x}}</c> writes it.</returns>
    public static string Json(object? value) => value switch
    {
        JsonElement json => JsonSerializer.Serialize(json, Shown),
        string text => text,
        _ => JsonSerializer.Serialize(value, Shown),
    };

    private static string Embedded(string name)
    {
        using var reader = new StreamReader(typeof(PromptTemplate).Assembly.GetManifestResourceStream(name)!);

        return reader.ReadToEnd();
    }
}
