using LoopBus.Contracts.Runs;
using LoopBus.Coordinator.Intake;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LoopBus.Coordinator.Api;

/// <summary>A trigger as HTTP takes it: without the fields that only the message has.</summary>
internal sealed class TriggerSchema : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(RunLoop))
            foreach (var field in (schema.Properties?.Keys ?? []).Except(TriggerReader.Known).ToList())
                schema.Properties!.Remove(field);

        return Task.CompletedTask;
    }
}
