using System.Security.Cryptography;
using System.Text.Json;
using LoopBus.Contracts.Approval;

namespace LoopBus.Hosting.Tests;

public sealed class When_a_grant_is_verified : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-20T21:00:00.1234567Z");
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly GrantSigner _signer = new(NewKey());
    private readonly GrantVerifier _verifier;

    public When_a_grant_is_verified() => _verifier = new GrantVerifier(_signer.PublicKey);

    [Fact]
    public void Should_hold_after_its_way_over_the_bus()
    {
        var grant = Travel(_signer.Sign(Grant()));

        _verifier.Problem(grant, "task", "step", "hash", Now).ShouldBeNull();
    }

    [Fact]
    public void Should_not_mind_another_time_zone()
    {
        var grant = _signer.Sign(Grant());

        _verifier.Problem(grant with { GrantedAt = grant.GrantedAt.ToOffset(TimeSpan.FromHours(2)) }, "task", "step", "hash", Now).ShouldBeNull();
    }

    public static TheoryData<string, Func<Grant, Grant>> Tampered => new()
    {
        { "task", grant => grant with { TaskId = "other" } },
        { "step", grant => grant with { StepId = "other" } },
        { "hash", grant => grant with { ActionHash = "other" } },
        { "approvers", grant => grant with { Approvers = ["ann", "bob", "eve"] } },
        { "approvers joined", grant => grant with { Approvers = ["annbob"] } },
        { "moved border", grant => grant with { TaskId = "tas", StepId = "kstep" } },
        { "granted", grant => grant with { GrantedAt = grant.GrantedAt.AddTicks(1) } },
        { "expires", grant => grant with { ExpiresAt = grant.ExpiresAt.AddYears(1) } },
        { "no signature", grant => grant with { Signature = "" } },
        { "null signature", grant => grant with { Signature = null! } },
        { "no base64", grant => grant with { Signature = "%%%" } },
        { "zeros", grant => grant with { Signature = Convert.ToBase64String(new byte[64]) } },
        { "long", grant => grant with { Signature = grant.Signature + grant.Signature } },
    };

    [Theory]
    [MemberData(nameof(Tampered))]
    public void Should_be_refused_where_anything_was_changed(string what, Func<Grant, Grant> change)
    {
        var grant = change(_signer.Sign(Grant()));

        _verifier.Problem(grant, grant.TaskId, grant.StepId, grant.ActionHash, Now).ShouldBe("The grant's signature is not approval's.", what);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData(" ")]
    [InlineData("\\n")]
    public void Should_hold_by_the_old_key_and_the_new_while_the_verifier_has_both(string between)
    {
        using var next = new GrantSigner(NewKey());
        using var both = new GrantVerifier($"{next.PublicKey}{between}{_signer.PublicKey}{between}");
        using var later = new GrantVerifier(next.PublicKey);
        var (old, young) = (_signer.Sign(Grant()), next.Sign(Grant()));

        both.Problem(old, "task", "step", "hash", Now).ShouldBeNull();
        both.Problem(young, "task", "step", "hash", Now).ShouldBeNull();
        later.Problem(young, "task", "step", "hash", Now).ShouldBeNull();
        later.Problem(old, "task", "step", "hash", Now).ShouldBe("The grant's signature is not approval's.");
        _verifier.Problem(young, "task", "step", "hash", Now).ShouldBe("The grant's signature is not approval's.");
    }

    [Fact]
    public void Should_hold_without_the_name_of_its_key_and_not_under_another_s()
    {
        using var next = new GrantSigner(NewKey());
        using var both = new GrantVerifier(next.PublicKey + "\n" + _signer.PublicKey);
        var grant = _signer.Sign(Grant());
        var (own, another) = (grant.Signature.Split('.'), next.Sign(Grant()).Signature.Split('.'));

        both.Problem(grant with { Signature = own[1] }, "task", "step", "hash", Now).ShouldBeNull();
        both.Problem(grant with { Signature = $"{another[0]}.{own[1]}" }, "task", "step", "hash", Now).ShouldNotBeNull();
    }

    [Fact]
    public void Should_be_refused_where_another_key_signed()
    {
        using var forger = new GrantSigner(NewKey());

        _verifier.Problem(forger.Sign(Grant()), "task", "step", "hash", Now).ShouldBe("The grant's signature is not approval's.");
    }

    [Fact]
    public void Should_be_refused_for_another_step_another_action_or_too_late()
    {
        var grant = _signer.Sign(Grant());

        _verifier.Problem(grant, "task", "step-2", "hash", Now)!.ShouldContain("step-2");
        _verifier.Problem(grant, "task", "step", "hash-2", Now)!.ShouldContain("another action");
        _verifier.Problem(grant, "task", "step", "hash", grant.ExpiresAt)!.ShouldContain("expired");
    }

    [Fact]
    public void Should_hold_for_a_ruling_whatever_its_JSON_looks_like_on_the_way()
    {
        var ruling = _signer.Sign(Ruling("""{ "b": [1, 2.50, "ü\u0041"], "a": null }"""));

        _verifier.Problem(Travel(ruling), "task", "step", "key").ShouldBeNull();
        _verifier.Problem(ruling with { Output = JsonElement.Parse("""{"a":null,"b":[1,2.50,"\u00fcA"]}""") }, "task", "step", "key").ShouldBeNull();
        _verifier.Problem(ruling with { Output = JsonElement.Parse("""{"a":null,"b":[1,2.51,"\u00fcA"]}""") }, "task", "step", "key").ShouldNotBeNull();
        _verifier.Problem(ruling with { Happened = false }, "task", "step", "key").ShouldNotBeNull();
        _verifier.Problem(ruling with { By = "eve" }, "task", "step", "key").ShouldNotBeNull();
        _verifier.Problem(ruling, "task", "step", "key-2")!.ShouldContain("not for");
        _verifier.Problem(_signer.Sign(Ruling(null)), "task", "step", "key").ShouldBeNull();
    }

    [Fact]
    public void Should_take_a_key_with_its_lines_escaped()
    {
        using var verifier = new GrantVerifier(_signer.PublicKey.Replace("\n", "\\n"));

        verifier.Problem(_signer.Sign(Grant()), "task", "step", "hash", Now).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a key")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")]
    public void Should_say_which_setting_is_no_key(string pem) =>
        Should.Throw<ArgumentException>(() => new GrantVerifier(pem)).Message.ShouldContain("LoopBus:Grants:PublicKey");

    [Fact]
    public void Should_refuse_a_key_of_another_curve_and_a_public_key_to_sign_with()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Should.Throw<ArgumentException>(() => new GrantVerifier(p384.ExportSubjectPublicKeyInfoPem())).Message.ShouldContain("curve");

        Should.Throw<ArgumentException>(() => new GrantSigner(_signer.PublicKey)).Message.ShouldContain("LoopBus:Grants:SigningKey");
    }

    public void Dispose()
    {
        _signer.Dispose();
        _verifier.Dispose();
    }

    private static string NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static Grant Grant() => new("task", "step", "hash", ["ann", "bob"], Now.AddMinutes(-1), Now.AddHours(1), "");

    private static Ruling Ruling(string? output) =>
        new("task", "step", "key", true, output is null ? null : JsonElement.Parse(output), "ann", Now, "");

    private static T Travel<T>(T value) => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, Json), Json)!;
}
