using System.Text.Json;

namespace LoopBus.Executor.Tools.Http;

/// <summary>http.request: GET and HEAD ask for no effect (RFC 9110, section 9.2.1); every other method is taken for irreversible, whatever it promises.</summary>
internal sealed class HttpRequestTool(HttpCaller caller) : ITool, IRemote
{
    public string Name => "http.request";

    public Task<JsonElement> Invoke(ToolCall call, CancellationToken cancellationToken)
    {
        var method = HttpMethod.Parse(call.Arguments.GetProperty("method").GetString()!);
        return caller.Exchange(method, call, safe: method == HttpMethod.Get || method == HttpMethod.Head, cancellationToken);
    }

    public string Target(ToolCall call) => caller.Url(call).Authority;
}
