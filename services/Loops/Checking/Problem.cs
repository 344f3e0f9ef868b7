namespace LoopBus.Loops.Checking;

/// <summary>What is wrong, and where in the loop: steps[2].arguments.file.</summary>
internal sealed record Problem(string Path, string Text)
{
    public override string ToString() => Path.Length == 0 ? Text : $"{Path}: {Text}";
}
