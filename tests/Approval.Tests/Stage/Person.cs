namespace LoopBus.Approval.Tests.Stage;

internal sealed record Person(string Name, string Password);
