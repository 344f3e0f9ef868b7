namespace LoopBus.ModelServer.Scripts;

/// <summary>How an answer breaks on its way.</summary>
public enum Broken
{
    /// <summary>The body ends in the middle of its JSON, and says that it is whole.</summary>
    Json,

    /// <summary>The connection is cut in the middle of the answer.</summary>
    Connection,

    /// <summary>A stream ends in good order before its last events; an answer that is no stream is cut as by <see cref="Connection"/>.</summary>
    Stream,

    /// <summary>A page of HTML comes with status 200.</summary>
    Html,
}
