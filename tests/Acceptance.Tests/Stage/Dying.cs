namespace LoopBus.Acceptance.Tests.Stage;

/// <summary>Lets a service die at a named point of its work.</summary>
internal static class Dying
{
    /// <summary>Instead of the service's first copy, one takes up what <paramref name="begin"/> begins, and dies of it at the point; afterwards there is none until the first is started.</summary>
    public static async Task DiesAt(this LoopBusSystem system, string service, string setting, string point, Func<Task> begin)
    {
        await system.One(service).Kill();
        var doomed = system.Add(service, (setting, point));
        doomed.Start();
        await doomed.UntilReady();
        await begin();
        await doomed.UntilDead(TimeSpan.FromSeconds(60));
        system.Remove(doomed);
    }
}
