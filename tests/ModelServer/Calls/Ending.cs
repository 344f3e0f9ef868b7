namespace LoopBus.ModelServer.Calls;

/// <summary>How a call ended.</summary>
public enum Ending
{
    /// <summary>It is not answered yet.</summary>
    Open,

    /// <summary>The whole answer was written, be it an error.</summary>
    Answered,

    /// <summary>The answer was broken, as the script says.</summary>
    Broken,

    /// <summary>It hung until the server's limit.</summary>
    Hung,

    /// <summary>The client went away, or the server was stopped.</summary>
    Gone,
}
