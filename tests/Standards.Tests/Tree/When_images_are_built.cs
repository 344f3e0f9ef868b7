namespace LoopBus.Standards.Tests.Tree;

public sealed class When_images_are_built
{
    [Fact]
    public void Should_compile_once_for_all_of_them()
    {
        var stages = House.ServiceNames.ToDictionary(service => service, BuildStage);

        Sources.Agree(
            stages.Where(stage => stage.Value != stages.Values.First()).Select(stage => $"services/{stage.Key}/Dockerfile"),
            $"Build stages that are the same to the letter are built once for all images; these differ from the one of {stages.Keys.First()}.");
        Sources.Agree(
            House.ServiceNames.Where(service => !stages[service].Contains($" {service}", StringComparison.Ordinal)),
            "The shared build stage publishes each service; these are missing in it.");
    }

    // from the first FROM to the second: the comment above it names the service
    private static string BuildStage(string service) =>
        Sources.Read($"services/{service}/Dockerfile").Split("\nFROM ")[1];
}
