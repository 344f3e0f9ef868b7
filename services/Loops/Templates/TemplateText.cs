namespace LoopBus.Loops.Templates;

/// <summary>A text cut at its braces: plain parts and references in turn.</summary>
internal sealed class TemplateText
{
    private TemplateText(IReadOnlyList<(string Plain, TemplateReference? Reference)> parts) => Parts = parts;

    public IReadOnlyList<(string Plain, TemplateReference? Reference)> Parts { get; }

    /// <summary>The one reference that is the whole text, or null.</summary>
    public TemplateReference? Whole => Parts is [("", { } reference)] ? reference : null;

    /// <exception cref="TemplateException">Braces are not closed, or hold no reference.</exception>
    public static TemplateText Parse(string text)
    {
        var parts = new List<(string, TemplateReference?)>();
        var at = 0;

        while (text.IndexOf("{{", at, StringComparison.Ordinal) is var open && open >= 0)
        {
            var close = text.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
                throw new TemplateException(text, $"'{text}' cannot be read: the {{{{ at character {open + 1} is not closed.");

            parts.Add((text[at..open], TemplateReference.Parse(text[(open + 2)..close].Trim())));
            at = close + 2;
        }

        if (at < text.Length || parts.Count == 0)
            parts.Add((text[at..], null));

        return new TemplateText(parts);
    }
}
