using Microsoft.Extensions.Options;

namespace LoopBus.Persistence.Retention;

internal sealed class RetentionOptionsCheck(IOptions<PersistenceOptions> persistence) : IValidateOptions<RetentionOptions>
{
    public ValidateOptionsResult Validate(string? name, RetentionOptions options) =>
        options.Problems(persistence.Value.InboxRetention).ToArray() is { Length: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
}
