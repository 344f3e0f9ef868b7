namespace LoopBus.Hosting.Web;

/// <summary>A request goes beyond the operator's bounds: a kebab-case code, and a sentence that says what to do.</summary>
public sealed class WebBoundsException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
