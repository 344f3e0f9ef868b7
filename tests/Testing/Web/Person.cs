namespace LoopBus.Testing.Web;

public sealed record Person(string Name, string Password);
