using LoopBus.Hosting.Files;
using LoopBus.Hosting.Git;
using LoopBus.Hosting.Web;

namespace LoopBus.Critic.Checks;

/// <summary>Tells what cannot be found, which is evidence, from what cannot be looked at now, which is none.</summary>
internal static class Grounded
{
    public static async Task InGit(Func<Task> look)
    {
        try
        {
            await look();
        }
        catch (GitException exception) when (exception.Retryable)
        {
            throw new CritiqueException(exception.Code, exception.Message, exception);
        }
        catch (GitException exception)
        {
            throw new CheckException(exception.Message);
        }
    }

    public static async Task<T> InFiles<T>(Func<Task<T>> look)
    {
        try
        {
            return await look();
        }
        catch (FilesException exception)
        {
            throw new CheckException(exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CritiqueException("file-error", exception.Message, exception);
        }
    }

    public static async Task<T> OnTheWeb<T>(string url, Func<Task<T>> look, CancellationToken cancellationToken)
    {
        try
        {
            return await look();
        }
        catch (WebBoundsException exception)
        {
            throw new CheckException(exception.Message);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CritiqueException("http-unreachable", $"{url} could not be reached: {exception.Message}", exception);
        }
    }
}
