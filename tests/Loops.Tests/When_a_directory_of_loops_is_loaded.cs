namespace LoopBus.Loops.Tests;

public sealed class When_a_directory_of_loops_is_loaded : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("loops").FullName;

    [Fact]
    public void Should_find_the_newest_version_or_the_one_that_is_asked_for()
    {
        Write("a", LoopText.Right);
        Write("b", LoopText.Right.Replace("1.0.0", "1.10.0"));
        Write("c/deeper", LoopText.Right.Replace("1.0.0", "1.9.0"));

        var loops = LoopCatalogue.Load(directory);

        loops.All.Count.ShouldBe(3);
        loops.Find("mirror")!.Version.ShouldBe("1.10.0");
        loops.Find("mirror@1.9.0")!.Version.ShouldBe("1.9.0");
        loops.Find("mirror@2.0.0").ShouldBeNull();
        loops.Find("other").ShouldBeNull();
    }

    [Fact]
    public void Should_say_what_is_wrong_in_every_file()
    {
        Write("a", LoopText.Right.Replace("owner: platform", "owner: 1"));
        Write("b", LoopText.Right.Replace("name: mirror", "name: 1"));
        Write("c", LoopText.Right);
        Write("d", LoopText.Right);

        var problems = Should.Throw<LoopFileException>(() => LoopCatalogue.Load(directory)).Problems;

        problems.ShouldBe([
            $"{directory}/a/loop.yaml:3: owner: owner must be text; put it in quotes.",
            $"{directory}/b/loop.yaml:1: name: name must be text; put it in quotes.",
            $"{directory}/d/loop.yaml:1: there is already a mirror@1.0.0; raise the version.",
        ]);
    }

    [Fact]
    public void Should_say_where_the_directory_is_set()
    {
        Should.Throw<LoopFileException>(() => LoopCatalogue.Load(directory + "/nowhere")).Message.ShouldContain("set LoopBus:Loops:Directory");
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private void Write(string loop, string text)
    {
        Directory.CreateDirectory($"{directory}/{loop}");
        File.WriteAllText($"{directory}/{loop}/loop.yaml", text);
    }

    [Fact]
    public void Should_take_every_loop_that_ships()
    {
        var (loops, problems) = LoopCatalogue.Read(Path.Combine(LoopBus.Testing.Repository.Root, "infra", "loops"));

        problems.ShouldBeEmpty();
        loops.Select(loop => loop.Name).Order(StringComparer.Ordinal).ShouldBe(["code-review", "content-pipeline", "incident-triage", "refund", "research", "task-runner"]);
    }
}
