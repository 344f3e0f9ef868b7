using System.Text.Json;
using LoopBus.ModelServer.Calls;
using LoopBus.ModelServer.Scripts;
using Microsoft.AspNetCore.Http;

namespace LoopBus.ModelServer.Wire;

/// <summary>Serves the calls of one path: reads, writes down, asks the script, and has the reply delivered.</summary>
internal sealed class Desk(Stage stage, Func<JsonElement, IDialect> dialectFor)
{
    public async Task Serve(HttpContext http)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stage.Stopping);
        var number = 0L;
        try
        {
            var body = await Read(http, ending.Token);
            var dialect = dialectFor(body.Json);
            var (prompt, fault) = Understand(dialect, http, body);
            var call = stage.CallOf(http, prompt);
            number = stage.Journal.Add(call);
            http.Response.Headers[dialect.RequestIdHeader] = $"req_{number}";

            if (call.Owner is null)
                await Refuse(http, dialect, number, new Fault(401));
            else if (fault is not null)
                await Refuse(http, dialect, number, fault);
            else
                await Answer(http, dialect, prompt, number, ending.Token);
        }
        catch (Exception exception) when (ending.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            // the client went away, or we are stopped: there is nobody to answer
            stage.Journal.Change(number, call => call with { Ending = Ending.Gone });
            http.Abort();
        }
    }

    private async Task Answer(HttpContext http, IDialect dialect, Prompt prompt, long number, CancellationToken cancellationToken)
    {
        if (stage.Play.Next(http.Request.Path, prompt, http.Request.Headers) is not { } cue)
        {
            if (prompt.IsChat)
                await Refuse(http, dialect, number, new Fault(400, $"No rule of the script answers this call. Its last message is: {Short(prompt.Last)}", "no_rule_matches"));
            else
                await Deliver(http, dialect, prompt, number, new Reply(), cancellationToken);
            return;
        }

        stage.Journal.Change(number, call => call with { Rule = cue.Rule });
        var reply = cue.Reply;
        if (reply.Delay > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(reply.Delay), stage.Options.Time, cancellationToken);
        if (reply.Hang)
            await Hang(http, number, cancellationToken);
        else if (reply.Status is { } status)
            await Refuse(http, dialect, number, new Fault(status, reply.Message, reply.Code, RetryAfter: reply.RetryAfter));
        else
            await Deliver(http, dialect, prompt, number, reply, cancellationToken);
    }

    private async Task Deliver(HttpContext http, IDialect dialect, Prompt prompt, long number, Reply reply, CancellationToken cancellationToken)
    {
        var answer = Wire.Answer.Of(reply, prompt, number, stage.Options.Time.GetUtcNow());
        var delivery = new Delivery(http, stage.Options.Time, () => stage.Journal.Change(number, Finished), cancellationToken);
        if (prompt.Stream && reply.Broken is not Broken.Html)
            await delivery.Stream([.. dialect.Stream(answer)], reply.Pause, reply.Broken);
        else
            await delivery.Whole(dialect.Whole(answer).ToJsonString(), reply.Broken);

        Call Finished(Call call) => call with
        {
            Status = StatusCodes.Status200OK,
            Ending = reply.Broken is null ? Ending.Answered : Ending.Broken,
            InputTokens = answer.Usage.Input,
            OutputTokens = prompt.IsChat ? answer.Usage.Output : 0,
        };
    }

    private async Task Hang(HttpContext http, long number, CancellationToken cancellationToken)
    {
        await Task.Delay(stage.Options.HangLimit, stage.Options.Time, cancellationToken);
        stage.Journal.Change(number, call => call with { Ending = Ending.Hung });
        http.Abort();
    }

    private async Task Refuse(HttpContext http, IDialect dialect, long number, Fault fault)
    {
        http.Response.StatusCode = fault.Status;
        http.Response.ContentType = "application/json";
        if (fault.RetryAfter is { } seconds)
            http.Response.Headers.RetryAfter = $"{seconds}";
        stage.Journal.Change(number, call => call with { Status = fault.Status, Ending = Ending.Answered });
        await http.Response.WriteAsync(dialect.Refusal(fault, $"req_{number}").ToJsonString());
    }

    private static (Prompt Prompt, Fault? Fault) Understand(IDialect dialect, HttpContext http, (JsonElement Json, Fault? Fault) body)
    {
        if (body.Fault is not null)
            return (new Prompt(), body.Fault);
        try
        {
            return (dialect.Read(http.Request.Headers, body.Json), null);
        }
        catch (FaultException exception)
        {
            return (new Prompt { Model = body.Json.TextOf("model") }, exception.Fault);
        }
    }

    private static async Task<(JsonElement Json, Fault? Fault)> Read(HttpContext http, CancellationToken cancellationToken)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: cancellationToken);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (document.RootElement.Clone(), null)
                : (default, new Fault(400, "The body of the request is no JSON object."));
        }
        catch (JsonException)
        {
            return (default, new Fault(400, "We could not parse the JSON body of your request."));
        }
        catch (BadHttpRequestException exception)
        {
            return (default, new Fault(exception.StatusCode, exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? "Request exceeds the maximum size" : exception.Message));
        }
    }

    private static string Short(string text) => text.Length <= 500 ? text : $"{text[..500]}…";
}
