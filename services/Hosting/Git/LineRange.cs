namespace LoopBus.Hosting.Git;

/// <summary>Lines from Start to End, both counted from 1 and both in the range.</summary>
public sealed record LineRange(int Start, int End)
{
    public bool Contains(int line) => line >= Start && line <= End;
}
