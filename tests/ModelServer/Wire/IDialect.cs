using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace LoopBus.ModelServer.Wire;

/// <summary>The words of one API: how it asks, answers, streams and refuses.</summary>
internal interface IDialect
{
    /// <summary>The header with the name of the request.</summary>
    string RequestIdHeader { get; }

    /// <exception cref="FaultException">The API would refuse this request.</exception>
    Prompt Read(IHeaderDictionary headers, JsonElement body);

    JsonObject Whole(Answer answer);

    IEnumerable<StreamEvent> Stream(Answer answer);

    JsonObject Refusal(Fault fault, string requestId);
}
