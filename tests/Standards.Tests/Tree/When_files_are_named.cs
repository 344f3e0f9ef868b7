using System.Text.RegularExpressions;

namespace LoopBus.Standards.Tests.Tree;

public sealed partial class When_files_are_named
{
    private static readonly string[] Vague = ["Config", "Configuration", "Helper", "Helpers", "Util", "Utils", "Utilities", "Common", "Misc"];

    // These types stand in for an assembly of another house, under its names.
    private const string StandIn = "services/Persistence/SqlServer/Server/";

    [Fact]
    public void Should_not_repeat_a_folder_in_its_parent()
    {
        Sources.Agree(
            from path in Sources.All
            let parts = path.Split('/')[..^1]
            from pair in parts.Zip(parts.Skip(1))
            where string.Equals(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase)
            select string.Join('/', parts),
            "A folder inside one of the same name says nothing new.");
    }

    [Fact]
    public void Should_not_have_vague_names()
    {
        Sources.Agree(
            Sources.CSharp.Where(path => Vague.Contains(Path.GetFileNameWithoutExtension(path))),
            "A file is named for what it does; a drawer called Helpers or Common says nothing.");
    }

    [Fact]
    public void Should_have_the_namespace_of_the_folder()
    {
        Sources.Agree(
            from path in Sources.CSharp
            where !path.StartsWith(StandIn, StringComparison.Ordinal)
            let declared = DeclaredNamespace().Match(Sources.Read(path)).Groups["name"].Value
            where declared.Length > 0 && declared != NamespaceOf(path)
            select $"{path}: {declared} instead of {NamespaceOf(path)}",
            "The namespace is the folder, so that a type's name says where its file is.");
    }

    [Fact]
    public void Should_hold_nothing_at_the_root_but_the_house_itself()
    {
        string[] house = ["contracts", "services", "tests", "infra", ".ci"];

        Sources.Agree(
            Sources.All.Where(path => path.Contains('/', StringComparison.Ordinal)).Select(path => path.Split('/')[0]).Except(house),
            "The tree is contracts, services, tests and infra (what is not C#).");
    }

    [Theory]
    [InlineData("Program.cs", 40, "Program.cs is a service's table of contents: defaults, persistence, consumers by name, run.")]
    [InlineData("RunStateMachine.cs", 150, "The state machine is a table of transitions: what a transition does belongs in RunBehavior.")]
    public void Should_keep_a_table_of_contents_short(string file, int lines, string reason)
    {
        Sources.Agree(
            from path in Sources.CSharp
            where Path.GetFileName(path) == file && path.StartsWith("services/", StringComparison.Ordinal)
            let count = Sources.Read(path).TrimEnd().Split('\n').Length
            where count > lines
            select $"{path}: {count} lines, at most {lines}",
            reason);
    }

    // services/Persistence/SqlServer is a project of its own: its name is the path as well.
    private static string NamespaceOf(string path)
    {
        var parts = path.Split('/')[..^1];
        return parts[0] switch
        {
            "contracts" => string.Join('.', ["LoopBus", "Contracts", .. parts[1..]]),
            _ => string.Join('.', ["LoopBus", .. parts[1..]]),
        };
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DeclaredNamespace();
}
