using System.Text.Json.Nodes;
using LoopBus.ModelServer.Calls;
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
        app.MapFallback((HttpContext http) => Unknown(http, stage));
    }

    private static IResult Models(HttpContext http, Stage stage)
    {
        if (stage.CallOf(http, new Prompt()).Owner is null)
            return Refusal(http, stage, new Fault(StatusCodes.Status401Unauthorized));

        Note(http, stage, StatusCodes.Status200OK);
        var models = stage.Play.Script.Models;
        return Results.Json(DialectOf(http) is AnthropicDialect ? AnthropicList(models) : OpenAiList(models));
    }

    private static IResult Unknown(HttpContext http, Stage stage) => Refusal(
        http,
        stage,
        new Fault(
            StatusCodes.Status404NotFound,
            $"Invalid URL ({http.Request.Method} {http.Request.Path})",
            DialectOf(http) is OpenAiDialect ? "unknown_url" : null));

    private static IResult Refusal(HttpContext http, Stage stage, Fault fault)
    {
        var number = Note(http, stage, fault.Status);
        return Results.Json(DialectOf(http).Refusal(fault, $"req_{number}"), statusCode: fault.Status);
    }

    private static long Note(HttpContext http, Stage stage, int status) =>
        stage.Journal.Add(stage.CallOf(http, new Prompt()) with { Status = status, Ending = Ending.Answered });

    private static JsonObject OpenAiList(IReadOnlyList<string> models) => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. models.Select(model => new JsonObject { ["id"] = model, ["object"] = "model", ["created"] = 1_767_225_600, ["owned_by"] = "model-server" })]),
    };

    private static JsonObject AnthropicList(IReadOnlyList<string> models) => new()
    {
        ["data"] = new JsonArray([.. models.Select(model => new JsonObject { ["type"] = "model", ["id"] = model, ["display_name"] = model, ["created_at"] = "2026-01-01T00:00:00Z" })]),
        ["has_more"] = false,
        ["first_id"] = models.Count > 0 ? models[0] : null,
        ["last_id"] = models.Count > 0 ? models[^1] : null,
    };

    // both APIs have /v1/models: the header tells them apart
    private static IDialect DialectOf(HttpContext http) =>
        http.Request.Headers.ContainsKey("anthropic-version") ? AnthropicDialect.Instance : OpenAiDialect.Instance;
}
