using Microsoft.Extensions.Options;

namespace LoopBus.Persistence;

internal sealed class PersistenceOptionsCheck : IValidateOptions<PersistenceOptions>
{
    public ValidateOptionsResult Validate(string? name, PersistenceOptions options) =>
        options.Problems().ToArray() is { Length: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
}
