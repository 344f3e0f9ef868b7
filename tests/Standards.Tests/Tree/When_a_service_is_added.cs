using LoopBus.Testing;

namespace LoopBus.Standards.Tests.Tree;

public sealed class When_a_service_is_added
{
    public static TheoryData<string> Services => [.. House.ServiceNames];

    [Theory]
    [MemberData(nameof(Services))]
    public void Should_look_like_the_others(string service)
    {
        string[] files = ["Program.cs", "Dockerfile", "README.md", $"{service}DbContext.cs"];

        Sources.Agree(
            files.Select(file => $"services/{service}/{file}").Except(Sources.All),
            "Who knows one service finds the way in all of them: these files are missing.");
    }

    [Fact]
    public void Should_be_in_the_solution()
    {
        var solution = File.ReadAllText(Repository.PathOf("Bus.sln")).Replace('\\', '/');

        Sources.Agree(
            Sources.All.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal) && !solution.Contains(path, StringComparison.Ordinal)),
            "A project outside Bus.sln is neither built nor tested.");
    }
}
