namespace LoopBus.Executor.Tools.Review.Rules;

/// <summary>Where an expression's text comes from, the most harmless first.</summary>
internal enum Origin
{
    /// <summary>Fixed when the program is compiled.</summary>
    Constant,

    /// <summary>A number, date, id or enum: its text cannot hold a command.</summary>
    Value,

    /// <summary>A field or a name of another file that looks like a constant: it may be one.</summary>
    Setting,

    /// <summary>Any text.</summary>
    Text,
}
