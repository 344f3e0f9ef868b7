namespace LoopBus.Executor.Tools.Files;

/// <summary>Says the system's refusals as a tool's failures. All of them come before the last rename, so nothing has changed.</summary>
internal static class FileFault
{
    public static async Task<T> Told<T>(string path, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new ToolException("file-denied", $"'{path}': {exception.Message} Give the executor's user the right, or choose another file.", inner: exception);
        }
        catch (IOException exception)
        {
            throw new ToolException("file-error", $"'{path}': {exception.Message}", retryable: true, exception);
        }
    }
}
