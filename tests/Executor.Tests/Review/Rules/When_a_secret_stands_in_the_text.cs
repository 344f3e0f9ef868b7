using LoopBus.Executor.Tools.Review.Rules.Security;

namespace LoopBus.Executor.Tests.Review.Rules;

public sealed class When_a_secret_stands_in_the_text
{
    private readonly SecretRule _rule = new();

    [Fact]
    public void Should_find_it_behind_its_name() =>
        _rule.ShouldFindMarked(
            """
            class A
            {
                private const string ApiKey = "k7Rw2pVx9QmZ4tLs8YbN3cHd"; //!
                string Password { get; set; } = "hunter2!x"; //!
                string ClientSecret => "8Q~x7Tz.Lw2vNk4RmYp6sBdFh"; //!
                void B(Options options, string? given, Dictionary<string, string> map, string other)
                {
                    options.AuthToken = "9f8c2b7e4d6a1f3058bcde27"; //!
                    var dbPassword = given ?? "Tr0ub4dor&3"; //!
                    map["password"] = "s3cr3tive-Zebra"; //!
                    map.Add("api-key", "k7Rw2pVx9QmZ4tLs8YbN3cHd"); //!
                    Connect("Server=db;User Id=shop;Password=Zx81-Spectrum;"); //!
                    Connect(user: "shop", password: "Zx81-Spectrum"); //!
                    _ = new NetworkCredential("shop", "Zx81-Spectrum"); //!
                }
            }
            """
        );

    [Fact]
    public void Should_leave_what_is_none() =>
        _rule.ShouldFindMarked(
            """
            class A
            {
                const string PasswordKey = "LoopBus:Database:Password";
                const string ApiKeyHeader = "X-Api-Key";
                const string TokenType = "access_token";
                const string Password = "Password";
                string ApiKey = Environment.GetEnvironmentVariable("API_KEY")!;
                string Secret = "<your-secret>";
                string Token = "${TOKEN}";
                string ClientSecret = "changeme-please-1";
                string AccessKey = "/run/secrets/access-key1";
                string PasswordHint = "It has 12 letters";
                string Message = "The password must have 8 characters.";
                string Hash = "9f8c2b7e4d6a1f3058bcde279f8c2b7e4d6a1f3058bcde27";
                string Empty = "Host=127.0.0.1;Username=shop;Password=";
                string Template = "Host=db;Username=shop;Password={0}";
                CancellationToken Token2 = default;
                bool b = token == "k7Rw2pVx9QmZ4tLs8YbN3cHd".Length;
            }
            """
        );

    [Theory]
    [InlineData("AKIAQ7ZXW3JT5LMNB4PD")]
    [InlineData("ghp_Q7zxW3jT5lMnB4pDs8vR2kYc6hF9gA1eX0uJ")]
    [InlineData("xoxb-2847561930-8573920164-QzXw3jT5LmNb4PdS8vR2")]
    [InlineData("rk_live_Q7zxW3jT5lMnB4pDs8vR2kYc")]
    [InlineData("postgres://shop:Zx81-Spectrum@db.internal.net/shop")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzaG9wLTQyIn0.Q7zxW3jT5lMnB4pDs8vR2kYc6hF9gA1eX0uJ")]
    [InlineData("AccountKey=Q7zxW3jT5lMnB4pDs8vR2kYc6hF9gA1eX0uJQ7zxW3jT5lMnB4pD==;")]
    public void Should_know_a_key_by_its_shape_in_any_file(string secret)
    {
        foreach (var path in new[] { "src/a.cs", "deploy/a.tf", "tests/Shop.Tests/ATests.cs", "notes.txt" })
            _rule.ShouldFindMarked($"// see\n/* {secret} */ //!\n", path);
    }

    [Theory]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("postgres://user:password@localhost/shop")]
    [InlineData("amqp://username:password@host:5672/shop")]
    [InlineData("postgres://{user}:{password}@db.internal/shop")]
    [InlineData("https://example.org:8443/a@b")]
    [InlineData("sk_test_Q7zxW3jT5lMnB4pDs8vR2kYc")]
    [InlineData("ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    public void Should_leave_what_is_made_to_be_shown(string text) => _rule.ShouldFindMarked($"// {text}\n", "src/a.cs");

    [Fact]
    public void Should_find_a_private_key() =>
        _rule.ShouldFindMarked(
            """
            -----BEGIN EC PRIVATE KEY----- //!
            MHcCAQEEIIVx9QmZ4tLs8YbN3cHdk7Rw2pVx9QmZ4tLs8YbN3cHdoAoGCCqGSM49
            -----END EC PRIVATE KEY-----
            """,
            "deploy/key.pem"
        );

    [Fact]
    public void Should_read_other_languages() =>
        _rule.ShouldFindMarked(
            """
            password: Zx81-Spectrum //!
            api_key = "k7Rw2pVx9QmZ4tLs8YbN3cHd" //!
            "clientSecret": "8Q~x7Tz.Lw2vNk4RmYp6sBdFh", //!
            export AUTH_TOKEN=9f8c2b7e4d6a1f3058bcde27 //!
            password: ${DB_PASSWORD}
            password = os.environ["DB_PASSWORD"]
            password: "{{ vault.password }}"
            token: $TOKEN
            secretName: shop-database-1
            passwordFile: /run/secrets/password1
            tokenUrl: https://login.example.org/oauth2/token
            if (password == null) return;
            """,
            "deploy/values.yaml"
        );

    [Fact]
    public void Should_take_what_has_no_quotes_in_a_program_for_an_expression() =>
        _rule.ShouldFindMarked(
            """
            const signingKey = core.crypto2.createPublicKey(leaf.publicKey);
            const redactPassword = (value1, replacement) => {
            this.apiToken = options.token1
            const apiToken = 'a81f3b07c95d42e6b1f09d7c' //!
            """,
            "web/login.js"
        );

    [Fact]
    public void Should_leave_the_dummies_of_tests() =>
        _rule.ShouldFindMarked("""var password = "Zx81-Spectrum";""", "tests/Shop.Tests/LoginTests.cs");
}
