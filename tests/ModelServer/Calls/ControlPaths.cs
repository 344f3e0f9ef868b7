using LoopBus.ModelServer.Scripts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LoopBus.ModelServer.Calls;

/// <summary>The paths by which a test tells the server what to say and asks what it heard.</summary>
internal static class ControlPaths
{
    public static void MapControl(this WebApplication app, Stage stage)
    {
        app.MapGet("/journal", () => Results.Json(new { stage.Journal.Dropped, stage.Journal.Calls }, ScriptJson.Options));
        app.MapDelete("/journal", () =>
        {
            stage.Journal.Clear();
            return Results.NoContent();
        });
        app.MapGet("/count", (string contains) => Results.Json(new { Count = stage.Journal.Count(contains) }, ScriptJson.Options));
        app.MapPut("/script", (HttpContext http, CancellationToken cancellationToken) => Change<Script>(http, "script", stage.Replace, cancellationToken));
        app.MapPost("/rules", (HttpContext http, CancellationToken cancellationToken) => Change<Rule>(http, "rule", rule => stage.Play.Add(rule), cancellationToken));
    }

    private static async Task<IResult> Change<T>(HttpContext http, string what, Action<T> change, CancellationToken cancellationToken)
        where T : class
    {
        using var reader = new StreamReader(http.Request.Body);
        try
        {
            change(Script.Read<T>(await reader.ReadToEndAsync(cancellationToken), what));
            return Results.NoContent();
        }
        catch (InvalidDataException exception)
        {
            return Results.Json(new { Error = exception.Message }, ScriptJson.Options, statusCode: StatusCodes.Status400BadRequest);
        }
    }
}
