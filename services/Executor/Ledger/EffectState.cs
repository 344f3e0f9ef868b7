namespace LoopBus.Executor.Ledger;

/// <summary>What the ledger knows of an effect: intended (the call may have begun), done, failed (it surely did not happen), in-doubt (only a person can tell).</summary>
internal static class EffectState
{
    public const string Intended = "intended";
    public const string Done = "done";
    public const string Failed = "failed";
    public const string InDoubt = "in-doubt";
}
