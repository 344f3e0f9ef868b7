using LoopBus.Hosting.Git;

namespace LoopBus.Critic.Checks;

/// <summary>Tells what git cannot find, which is evidence, from what git cannot do now, which is none.</summary>
internal static class GroundedInGit
{
    public static async Task Do(Func<Task> look)
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
}
