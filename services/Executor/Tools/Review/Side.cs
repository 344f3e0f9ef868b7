namespace LoopBus.Executor.Tools.Review;

/// <summary>Which text a line number counts in: the new one (at head) or the old one (at base), where what was removed stood.</summary>
internal enum Side
{
    New,
    Old,
}
