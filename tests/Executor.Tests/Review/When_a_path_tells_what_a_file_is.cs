using LoopBus.Executor.Tools.Git;

namespace LoopBus.Executor.Tests.Review;

public sealed class When_a_path_tells_what_a_file_is
{
    [Theory]
    [InlineData("tests/Shop.Tests/Orders.cs")]
    [InlineData("src/Shop.UnitTests/Orders.cs")]
    [InlineData("src/Shop/OrdersTests.cs")]
    [InlineData("Story/When_an_order_comes.cs")]
    [InlineData("web/order.spec.ts")]
    [InlineData("deploy/test_release.py")]
    [InlineData("pkg/order_test.go")]
    public void Should_know_a_test(string path) => FileKind.IsTest(path).ShouldBeTrue();

    [Theory]
    [InlineData("src/Shop/Orders.cs")]
    [InlineData("src/Shop/Latest.cs")]
    [InlineData("src/Contest/Entry.cs")]
    [InlineData("src/Attestation/Report.cs")]
    [InlineData("web/latest.ts")]
    [InlineData("testing.md")]
    public void Should_take_nothing_else_for_a_test(string path) => FileKind.IsTest(path).ShouldBeFalse();

    [Theory]
    [InlineData("src/Shop/Form.Designer.cs")]
    [InlineData("src/Shop/Migrations/PostgreSql/1_First.cs")]
    [InlineData("package-lock.json")]
    [InlineData("web/app.min.js")]
    [InlineData("src/Shop/packages.lock.json")]
    public void Should_know_what_a_machine_wrote(string path) => FileKind.IsGenerated(path).ShouldBeTrue();

    [Theory]
    [InlineData("src/Shop/Binary.cs", "csharp", true)]
    [InlineData("Dockerfile.release", "dockerfile", false)]
    [InlineData("web/app.TSX", "typescript", true)]
    [InlineData("README", "other", false)]
    public void Should_name_the_language(string path, string language, bool isCode)
    {
        FileKind.IsGenerated(path).ShouldBeFalse();
        Language.Of(path).ShouldBe(language);
        Language.IsCode(language).ShouldBe(isCode);
    }
}
