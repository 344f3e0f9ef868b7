using System.Text.Json;
using LoopBus.Testing.Git;

namespace LoopBus.Executor.Tests.Review.Rules;

public sealed class When_a_public_member_changes : IDisposable
{
    private readonly ScratchRepository _scratch = new();
    private readonly ReviewContext _review;

    public When_a_public_member_changes() => _review = new(_scratch.Root);

    [Theory]
    [InlineData("public void Gone() { }", "", "old api/member-removed")]
    [InlineData("public void Hidden() { }", "internal void Hidden() { }", "old api/member-removed")]
    [InlineData("public int Value { get; set; }", "public int Value { get; }", "new api/signature-changed")]
    [InlineData("public int Value { get; set; }", "public long Value { get; set; }", "new api/signature-changed")]
    [InlineData("public int Value { get; set; }", "public required int Value { get; set; }", "new api/signature-changed")]
    [InlineData("public void Do(int a) { }", "public void Do(long a) { }", "new api/signature-changed")]
    [InlineData("public void Do(int a) { }", "public void Do(int a, int b) { }", "new api/signature-changed")]
    [InlineData("public void Do(int a) { }", "public void Do(int a, int b = 1) { }", "new api/signature-changed")]
    [InlineData("public void Do(int a = 1) { }", "public void Do(int a = 2) { }", "new api/signature-changed")]
    [InlineData("public void Do(int a = 1) { }", "public void Do(int a) { }", "new api/signature-changed")]
    [InlineData("public int Do() => 1;", "public string Do() => \"\";", "new api/signature-changed")]
    [InlineData("public void Do() { }", "public static void Do() { }", "new api/signature-changed")]
    [InlineData("public virtual void Do() { }", "public void Do() { }", "new api/signature-changed")]
    [InlineData("public void Do<T>() { }", "public void Do() { }", "old api/member-removed")]
    [InlineData("public Shop(int a) { }", "public Shop(int a, string b) { }", "new api/signature-changed")]
    [InlineData("public const string Name = \"a\";", "private const string Name = \"a\";", "old api/member-removed")]
    [InlineData("public event EventHandler? Sold;", "", "old api/member-removed")]
    [InlineData("protected virtual void Do() { }", "private void Do() { }", "old api/member-removed")]
    [InlineData("public enum Kind { A, B }", "public enum Kind { A }", "old api/member-removed")]
    [InlineData("public interface IKind { void A(); }", "public interface IKind { void A(); void B(); }", "new api/interface-member-added")]
    [InlineData("public record Order(int Id);", "public record Order(int Id, string Name);", "new api/signature-changed")]
    [InlineData("public class Kind { }", "public sealed class Kind { }", "new api/signature-changed")]
    [InlineData("public class Kind { }", "public class Kind { public Kind(int a) { } }", "new api/signature-changed")]
    public async Task Should_find_what_breaks_callers(string before, string after, string expected) =>
        (await Found(before, after)).ShouldContain($"{expected} 5");

    [Theory]
    [InlineData("private void Gone() { }", "")]
    [InlineData("internal void Gone() { }", "")]
    [InlineData("public void Do() { }", "public void Do() { Log(); }")]
    [InlineData("public void Do() { }", "public virtual void Do() { }")]
    [InlineData("public void Do(int a) { }", "public void Do(int a) { } public void Do(int a, int b) { }")]
    [InlineData("public void Do(string a) { }", "public void Do(string? a) { }")]
    [InlineData("public void Do(System.String a) { }", "public void Do(string a) { }")]
    [InlineData("public int Value { get; }", "public int Value { get; set; }")]
    [InlineData("public int Value { get; private set; }", "public int Value { get; }")]
    [InlineData("public int Value { get { return 1; } }", "public int Value => 1;")]
    [InlineData("public void Do() { }", "public async void Do() { }")]
    [InlineData("public sealed class Kind { }", "public class Kind { }")]
    [InlineData("public enum Kind { A }", "public enum Kind { A, B }")]
    [InlineData("public interface IKind { void A(); }", "public interface IKind { void A(); void B() { } }")]
    [InlineData("internal interface IKind { void A(); }", "internal interface IKind { void A(); void B(); }")]
    [InlineData("internal class Inner { public void Gone() { } }", "internal class Inner { }")]
    [InlineData("public class Kind { }", "public class Kind { public Kind() { } }")]
    [InlineData("public void Do(int a) { }", "/// <summary>More.</summary>\n    public void Do(int a) { }")]
    public async Task Should_leave_what_callers_do_not_notice(string before, string after) => (await Found(before, after)).ShouldBeEmpty();

    [Fact]
    public async Task Should_cite_one_line_for_a_type_that_went() =>
        (await Found("public class Gone { public void A() { } public void B() { } }", "")).ShouldBe(["old api/member-removed 5"]);

    [Fact]
    public async Task Should_be_milder_where_callers_were_warned()
    {
        var review = await Review("[Obsolete] public void Gone() { }", "");

        review.GetProperty("findings")[0].GetProperty("severity").GetString().ShouldBe("medium");
    }

    [Fact]
    public async Task Should_follow_a_type_to_another_file_and_a_part_to_another_part()
    {
        _scratch
            .Write(
                "src/A.cs",
                "namespace Shop;\n\npublic class Moved { public void Do() { } }\n\npublic partial class Part { public void A() { } }\n"
            )
            .Commit();
        _scratch
            .Write("src/A.cs", "namespace Shop;\n\npublic partial class Part { }\n")
            .Write("src/Moved.cs", "namespace Shop;\n\npublic class Moved\n{\n    public void Do() { }\n}\n")
            .Write("src/Part.cs", "namespace Shop;\n\npublic partial class Part\n{\n    public void A() { }\n}\n")
            .Commit();

        Places(await _review.Review(_scratch.Folder, "HEAD")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_find_what_was_lost_on_the_way_to_another_file()
    {
        _scratch
            .Write("src/A.cs", "namespace Shop;\n\npublic class Moved\n{\n    public void Do() { }\n\n    public void More() { }\n}\n")
            .Commit();
        File.Delete(Path.Combine(_scratch.Folder, "src/A.cs"));
        _scratch
            .Write(
                "lib/B.cs",
                "namespace Shop;\n\n// Far from what it was, so that git takes it for another file.\npublic class Other { public int A, B, C, D, E; }\n\npublic class Moved\n{\n    public void Do() { }\n}\n"
            )
            .Commit();

        Places(await _review.Review(_scratch.Folder, "HEAD")).ShouldBe(["old api/member-removed 7"]);
    }

    [Fact]
    public async Task Should_leave_tests_alone()
    {
        _scratch.Write("tests/Shop.Tests/ATests.cs", "public class ATests { public void A() { } }\n").Commit();
        _scratch.Write("tests/Shop.Tests/ATests.cs", "public class ATests { }\n").Commit();

        Places(await _review.Review(_scratch.Folder, "HEAD")).ShouldBeEmpty();
    }

    public void Dispose()
    {
        _review.Dispose();
        _scratch.Dispose();
    }

    private async Task<IReadOnlyList<string>> Found(string before, string after) => Places(await Review(before, after));

    private Task<JsonElement> Review(string before, string after)
    {
        _scratch.Write("src/Shop.cs", Text(before)).Commit();
        _scratch.Write("src/Shop.cs", Text(after)).Commit();
        return _review.Review(_scratch.Folder, "HEAD");
    }

    private static string Text(string member) => $"namespace Shop;\n\npublic class Shop\n{{\n    {member}\n    private int other;\n}}\n";

    private static IReadOnlyList<string> Places(JsonElement review) =>
        [
            .. review
                .GetProperty("findings")
                .EnumerateArray()
                .Where(finding => finding.GetProperty("rule").GetString()!.StartsWith("api/", StringComparison.Ordinal))
                .Select(finding => $"{finding.GetProperty("side")} {finding.GetProperty("rule")} {finding.GetProperty("line")}"),
        ];
}
