using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LoopBus.ModelServer.Wire;

/// <summary>The paths that the SDKs call.</summary>
internal static class ModelPaths
{
    public static void MapModels(this WebApplication app, Stage stage)
    {
        app.MapPost("/v1/chat/completions", new Desk(stage, _ => OpenAiDialect.Instance).Serve);
        app.MapPost("/v1/messages", new Desk(stage, _ => AnthropicDialect.Instance).Serve);
        app.MapPost("/v1/embeddings", new Desk(stage, EmbeddingDialect.For).Serve);
        app.MapGet("/v1/models", (HttpContext http) => Models(http, stage));
        app.MapFallback((HttpContext http) => Results.Json(
            DialectOf(http).Refusal(new Fault(404, $"Invalid URL ({http.Request.Method} {http.Request.Path})", DialectOf(http) is OpenAiDialect ? "unknown_url" : null), ""),
            statusCode: StatusCodes.Status404NotFound));
    }

    private static IResult Models(HttpContext http, Stage stage)
    {
        if (Credentials.KeyOf(http.Request.Headers) is not { } key || stage.OwnerOf(key) is null)
            return Results.Json(DialectOf(http).Refusal(new Fault(401), ""), statusCode: StatusCodes.Status401Unauthorized);
        var models = stage.Play.Script.Models;
        return Results.Json(DialectOf(http) is AnthropicDialect
            ? new JsonObject
            {
                ["data"] = new JsonArray([.. models.Select(model => new JsonObject { ["type"] = "model", ["id"] = model, ["display_name"] = model, ["created_at"] = "2026-01-01T00:00:00Z" })]),
                ["has_more"] = false,
                ["first_id"] = models.Count > 0 ? models[0] : null,
                ["last_id"] = models.Count > 0 ? models[^1] : null,
            }
            : new JsonObject
            {
                ["object"] = "list",
                ["data"] = new JsonArray([.. models.Select(model => new JsonObject { ["id"] = model, ["object"] = "model", ["created"] = 1_767_225_600, ["owned_by"] = "model-server" })]),
            });
    }

    // both APIs have /v1/models: the header tells them apart
    private static IDialect DialectOf(HttpContext http) =>
        http.Request.Headers.ContainsKey("anthropic-version") ? AnthropicDialect.Instance : OpenAiDialect.Instance;
}
