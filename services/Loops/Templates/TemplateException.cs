namespace LoopBus.Loops.Templates;

/// <summary>A template that cannot be read, or finds nothing: the message names it and what exists.</summary>
public sealed class TemplateException(string template, string message) : Exception(message)
{
    public string Template { get; } = template;
}
