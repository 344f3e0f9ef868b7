namespace LoopBus.ModelServer;

/// <summary>Where the server listens, the key it takes, and its limits.</summary>
public sealed record ModelHostOptions
{
    /// <summary>A free port of the loopback address.</summary>
    public const string AnyPort = "http://127.0.0.1:0";

    /// <summary>One address of the loopback interface: the control paths need no key.</summary>
    public string Url { get; init; } = AnyPort;

    /// <summary>The key of the owner <c>test</c>; the script may name more keys and owners.</summary>
    public string Key { get; init; } = $"sk-test-{Guid.NewGuid():n}";

    /// <summary>The longest body of a request, in bytes.</summary>
    public long BodyLimit { get; init; } = 4 * 1024 * 1024;

    /// <summary>After this time a call that hangs is cut off.</summary>
    public TimeSpan HangLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The number of calls that the journal keeps.</summary>
    public int JournalCalls { get; init; } = 10_000;

    /// <summary>The number of characters of messages that the journal keeps.</summary>
    public long JournalCharacters { get; init; } = 32 * 1024 * 1024;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
