using System.Text.Json;
using System.Text.RegularExpressions;
using LoopBus.Testing.Git;

namespace LoopBus.Executor.Tests.Review;

/// <summary>A shop of another hand: each line with a fault says so in its last comment, "new rule" in the new text and "old rule" in the old.</summary>
public sealed partial class When_faults_are_spelt_otherwise : IDisposable
{
    private const string Test = "tests/Warehouse.Tests/StockTests.cs";
    private readonly ScratchRepository _scratch = new();
    private readonly ReviewContext _review;

    public When_faults_are_spelt_otherwise()
    {
        _review = new(_scratch.Root);
        _scratch.Write(Test, "// 1\n").Commit();
    }

    [Fact]
    public async Task Should_find_SQL_in_other_words() =>
        await Check(
            """"
            using Dapper;
            using System.Data;

            var builder = WebApplication.CreateBuilder(args);
            var app = builder.Build();
            app.MapGet("/stock", (string item, IDbConnection db) => db.Query<Row>(@"SELECT *
                FROM stock WHERE item = '" + item + "'")); // new security/sql-injection @-1
            app.MapDelete("/stock/{item}", (string item, IDbConnection db) =>
            {
                string statement = "DELETE FROM stock";
                statement += " WHERE item = '" + item + "'"; // new security/sql-injection
                return db.Execute(statement);
            });
            app.MapPost("/stock", (Row row, IDbConnection db) => db.Execute($$"""
                INSERT INTO stock (item, place) VALUES ('{{row.Item}}', @place)
                """, row)); // new security/sql-injection @-2
            app.MapGet("/sorted", (IDbConnection db) => db.Query<Row>($"SELECT {nameof(Row.Item)} FROM stock ORDER BY item"));
            app.MapGet("/safe", (string item, IDbConnection db) => db.Query<Row>("SELECT * FROM stock WHERE item = @item", new { item }));

            public sealed record Row(string Item, string Place);
            """"
        );

    [Fact]
    public async Task Should_find_secrets_in_other_words() =>
        await Check(
            """
            namespace Warehouse
            {
                internal class Startup
                {
                    private readonly string _smtp_password = @"gr33n+Door"; // new security/secret
                    internal static class Keys { public static readonly string SIGNING_KEY = "Zq8!vT2#mW9$xR4&kP7*"; } // new security/secret
                    void Configure(IConfigurationBuilder builder)
                    {
                        builder.AddInMemoryCollection(new Dictionary<string, string?>
                        {
                            ["Mail:Password"] = "gr33n+Door", // new security/secret
                            ["Mail:Host"] = "smtp.example.org",
                        });
                        Environment.SetEnvironmentVariable("ACCESS_TOKEN", "a81f3b07c95d42e6b1f09d7c"); // new security/secret
                        const string connection = "Data Source=stock-db,1433;Initial Catalog=Stock;User ID=sa;Password=gr33n+Door1"; // new security/secret
                        var header = "Authorization";
                        var token = GetToken("stock");
                        if (password == "gr33n+Door") return;
                    }
                }
            }
            """
        );

    [Fact]
    public async Task Should_find_trust_in_anyone() =>
        await Check(
            """
            using System.Diagnostics;
            using System.Net.Security;
            using System.Security.Cryptography;
            using System.Security.Cryptography.X509Certificates;
            using System.Xml;

            namespace Warehouse;

            file static class Trust
            {
                internal static SocketsHttpHandler Handler => new()
                {
                    SslOptions = { RemoteCertificateValidationCallback = delegate { return true; } }, // new security/certificate-validation
                };

                internal static void Globally() => System.Net.ServicePointManager.ServerCertificateValidationCallback = AcceptAll; // new security/certificate-validation

                private static bool AcceptAll(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
                {
                    return true;
                }

                internal static string Hash(string text)
                {
                    using (var sha = new SHA1Managed()) // new security/weak-crypto
                    using (HashAlgorithm md5 = MD5.Create()) // new security/weak-crypto
                        return Convert.ToBase64String(sha.ComputeHash(md5.ComputeHash(System.Text.Encoding.UTF8.GetBytes(text))));
                }

                internal static byte[] Encrypt(byte[] data)
                {
                    using SymmetricAlgorithm des = new DESCryptoServiceProvider // new security/weak-crypto
                    {
                        Mode = CipherMode.ECB, // new security/weak-crypto
                    };
                    return des.CreateEncryptor().TransformFinalBlock(data, 0, data.Length);
                }

                internal static XmlTextReader Read(TextReader text)
                {
                    var reader = new XmlTextReader(text);
                    reader.DtdProcessing = DtdProcessing.Parse; // new security/xml-dtd
                    return reader;
                }

                internal static void Convert2(string from, string to)
                {
                    using var process = new Process();
                    process.StartInfo = new ProcessStartInfo
                    {
                        FileName = "/bin/sh",
                        Arguments = string.Format("-c \"convert {0} {1}\"", from, to), // new security/process-arguments
                    };
                    process.Start();
                    var arguments = new System.Text.StringBuilder("--verbose").ToString();
                    Process.Start(new ProcessStartInfo("convert", $"{from} {to}") { UseShellExecute = false }); // new security/process-arguments
                }
            }
            """
        );

    [Fact]
    public async Task Should_find_wasted_work_in_other_words() =>
        await Check(
            """
            using System.Text.RegularExpressions;

            namespace Warehouse;

            internal sealed class Work
            {
                private readonly Func<Task<int>> _load = () => Task.FromResult(1);

                internal int Sync
                {
                    get
                    {
                        var task = _load();
                        task.Wait(); // new performance/blocking-wait
                        return task.Result; // new performance/blocking-wait
                    }
                }

                internal int Other() => Task.Run(() => 1).GetAwaiter().GetResult(); // new performance/blocking-wait

                internal static string Csv(IList<string> cells)
                {
                    string line = string.Empty;
                    for (int i = 0; i < cells.Count; ++i)
                    {
                        if (i > 0) line += ","; // new performance/string-building
                        line = line + cells[i]; // new performance/string-building
                    }
                    return line;
                }

                internal static bool None(IEnumerable<string> all) => !(all.Count() > 0) || all.Count(one => one == "") < 1; // new performance/count-for-any

                internal static int Words(IEnumerable<string> lines)
                {
                    int found = 0;
                    using var each = lines.GetEnumerator();
                    while (each.MoveNext())
                    {
                        found += new Regex(@"\w+", RegexOptions.Compiled).Matches(each.Current).Count; // new performance/hot-loop-allocation
                        foreach (var letter in each.Current)
                        {
                            var seen = new Dictionary<char, int>(); // new performance/hot-loop-allocation
                            seen[letter] = 1;
                        }
                    }
                    return found;
                }
            }
            """
        );

    [Fact]
    public async Task Should_find_broken_callers_in_other_words() =>
        await Check(
            """
            namespace Warehouse
            {
                public abstract class Stock
                {
                    public abstract int Count(string item, bool all = false);

                    public string this[int place] => "";
                }

                public interface IStock<T> where T : class
                {
                    Task<T?> Find(string item, CancellationToken cancellationToken = default);

                    event EventHandler Changed;
                }

                public record struct Place(int Row, int Shelf) // a place
                {
                    public static Place operator +(Place a, Place b) => a;
                }

                public delegate void Counted(int count);

                public static class Extensions
                {
                    public static int Twice(this int number) => number * 2;
                }
            }
            """,
            """
            namespace Warehouse
            {
                public abstract class Stock
                {
                    public abstract int Count(string item, bool all = true); // new api/signature-changed

                    public string this[string place] => ""; // new api/signature-changed

                    public abstract void Empty(); // new api/interface-member-added
                }

                public interface IStock<T> where T : class
                {
                    Task<T> Find(string item); // new api/signature-changed
                }

                public record struct Place(int Row, long Shelf) // new api/signature-changed
                {
                    public static Place operator +(Place a, Place b) => a;
                }

                public delegate void Counted(long count); // new api/signature-changed

                internal static class Extensions
                {
                    public static int Twice(this int number) => number * 2;
                }
            }
            """,
            ["14 api/member-removed", "24 api/member-removed"]
        );

    [Fact]
    public async Task Should_count_lines_as_git_does()
    {
        var text = "\uFEFFclass A\r\n{\r\n    // a\u2028b\u0085c\r\n    string password = \"gr33n+Door\";\r\n}\r\n";
        _scratch.Write("src/with space/Größe.cs", text).Write(Test, "// 2\n").Commit();

        var finding = (await _review.Review(_scratch.Folder, "HEAD")).GetProperty("findings").EnumerateArray().ShouldHaveSingleItem();

        (finding.GetProperty("line").GetInt32(), finding.GetProperty("evidence").GetString()).ShouldBe(
            (4, "    string password = \"gr33n+Door\";")
        );
    }

    [Fact]
    public async Task Should_speak_only_of_lines_that_the_change_touches()
    {
        _scratch.Write("src/A.cs", "class A\n{\n    string password = \"gr33n+Door\";\n\n    int a;\n}\n").Commit();
        _scratch.Write("src/A.cs", "class A\n{\n    string password = \"gr33n+Door\";\n\n    long a;\n}\n").Write(Test, "// 2\n").Commit();

        (await _review.Review(_scratch.Folder, "HEAD")).GetProperty("verdict").GetString().ShouldBe("approve");
    }

    [Fact]
    public async Task Should_survive_what_is_no_program()
    {
        _scratch
            .Write("src/A.cs", "class { { ( \"\n= => $\"{ {\" #if\n")
            .Write("src/B.cs", "")
            .Write("src/C.cs", "\n\n")
            .Write("src/D.cs", new string('(', 300))
            .Write(Test, "// 2\n")
            .Commit();

        (await _review.Review(_scratch.Folder, "HEAD")).GetProperty("verdict").GetString().ShouldBe("approve");
    }

    [Theory]
    [InlineData("Sum.cs", "class A { string B(string x) => x", "\n + x", 20_000, "; }", "")]
    [InlineData("Right.cs", "class A { string B(string x) => x", " + (x", 5_000, "; }", ")")]
    [InlineData("Parens.cs", "class A { object B(int x) => x + ", "(", 5_000, "; }", ")")]
    [InlineData("Calls.cs", "class A { A B() => this", ".B()", 20_000, "; }", "")]
    [InlineData("Blocks.cs", "class A { void B() { ", "{ while (true) ", 3_000, "; } }", "}")]
    [InlineData("Lambdas.cs", "class A { object B() => ", "() => ", 5_000, "1; }", "")]
    [InlineData("Holes.cs", "class A { object B(int x) => ", "$\"{", 500, "x; }", "}\"")]
    [InlineData("Types.cs", "class A { ", "List<", 5_000, "int a; }", ">")]
    [InlineData("line.js", "var a = '", "http://a:", 100_000, "'", "")]
    [InlineData("quotes.cs", "class A { string B(string x) => \"SELECT a FROM b WHERE c = ", "' SELECT (", 50_000, "\" + x; }", "")]
    public async Task Should_outlive_a_text_that_is_made_to_break_it(
        string file,
        string start,
        string again,
        int times,
        string end,
        string close
    )
    {
        _scratch
            .Write(
                $"src/{file}",
                start
                    + string.Concat(Enumerable.Repeat(again, times))
                    + (close.Length > 0 && end[0] != ';' ? "1" : "")
                    + string.Concat(Enumerable.Repeat(close, times))
                    + end
                    + "\n"
            )
            .Commit();

        var review = await _review.Review(_scratch.Folder, "HEAD").WaitAsync(TimeSpan.FromSeconds(30));

        review.GetProperty("files").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Should_not_approve_what_it_could_not_read()
    {
        _scratch
            .Write("src/Parens.cs", $"class A {{ int x = {new string('(', 5000)}1{new string(')', 5000)}; }}\n")
            .Write(Test, "// 2\n")
            .Commit();

        (await _review.Review(_scratch.Folder, "HEAD")).GetProperty("verdict").GetString().ShouldBe("comment");
    }

    [Fact]
    public async Task Should_read_a_long_sum() =>
        await Check(
            $"class A {{ string B(string x) => \"SELECT a FROM b WHERE c = '\" // new security/sql-injection{string.Concat(Enumerable.Repeat(" + x", 1000)).Insert(0, "\n")}; }}\n"
        );

    public void Dispose()
    {
        _review.Dispose();
        _scratch.Dispose();
    }

    private Task Check(string text) => Check("namespace Warehouse;\n", text, []);

    private async Task Check(string before, string after, IReadOnlyList<string> old)
    {
        _scratch.Write("src/Warehouse/Code.cs", before).Commit();
        _scratch.Write("src/Warehouse/Code.cs", after).Write(Test, "// 2\n").Commit();

        var review = await _review.Review(_scratch.Folder, "HEAD~1..HEAD");

        var found = review
            .GetProperty("findings")
            .EnumerateArray()
            .Select(finding => $"{Old(finding)}{finding.GetProperty("line")} {finding.GetProperty("rule")}");
        found.ShouldBe(Marked(after).Concat(old.Select(place => "old " + place)), ignoreOrder: true, review.ToString());
    }

    private static string Old(JsonElement finding) => finding.GetProperty("side").GetString() == "old" ? "old " : "";

    private static IEnumerable<string> Marked(string text) =>
        text.Split('\n')
            .Index()
            .Select(line => (line.Index, Match: Mark().Match(line.Item)))
            .Where(line => line.Match.Success)
            .Select(line =>
                $"{line.Index + 1 + (line.Match.Groups["up"].Success ? int.Parse(line.Match.Groups["up"].ValueSpan) : 0)} {line.Match.Groups["rule"].Value}"
            );

    [GeneratedRegex(@"// new (?<rule>\S+)( @(?<up>-\d))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mark();
}
