namespace LoopBus.ModelServer.Wire;

/// <summary>An error that an API answers with; what is not said here is as that API usually says it.</summary>
internal sealed record Fault(int Status, string? Message = null, string? Code = null, string? Parameter = null, int? RetryAfter = null);
