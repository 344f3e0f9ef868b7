using LoopBus.Executor.Tools.Review.Rules;

namespace LoopBus.Executor.Tools.Review;

/// <summary>One text of a file. Lines end at line feeds, as git counts them, and not at the other breaks that C# knows.</summary>
internal sealed class Source
{
    private readonly int[] _starts;
    private readonly Lazy<CSharpText> _csharp;

    public Source(string path, string text)
    {
        (Path, Text) = (path, text);
        _starts = [0, .. text.Select((c, at) => (c, at)).Where(item => item.c == '\n').Select(item => item.at + 1)];
        _csharp = new(() => new(this));
    }

    public string Path { get; }

    public string Text { get; }

    public int LineCount => _starts.Length;

    public CSharpText CSharp => _csharp.Value;

    /// <summary>The line (from 1) at a position.</summary>
    public int LineAt(int position) => Array.BinarySearch(_starts, position) is var found && found >= 0 ? found + 1 : ~found;

    /// <summary>The exact text of a line, without its end.</summary>
    public string Line(int line)
    {
        var end = line < _starts.Length ? _starts[line] - 1 : Text.Length;
        return Text[_starts[line - 1]..end].TrimEnd('\r');
    }
}
