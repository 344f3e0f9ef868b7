using LoopBus.Executor.Tools.Review.Rules.Security;

namespace LoopBus.Executor.Tests.Review.Rules;

public sealed class When_hashes_and_ciphers_are_chosen
{
    private readonly WeakCryptoRule _rule = new();

    [Fact]
    public void Should_find_the_broken_ones() =>
        _rule.ShouldFindMarked(
            """
            using System.Security.Cryptography;
            class A
            {
                byte[] B(byte[] data) => MD5.HashData(data); //!
                HashAlgorithm C() => SHA1.Create(); //!
                HashAlgorithm D() => System.Security.Cryptography.MD5.Create(); //!
                object E() => new MD5CryptoServiceProvider(); //!
                object F() => new HMACMD5(new byte[16]); //!
                object G() => DES.Create(); //!
                object H() => TripleDES.Create(); //!
                object I() => new RC2CryptoServiceProvider(); //!
                object J() => IncrementalHash.CreateHash(HashAlgorithmName.SHA1); //!
                object K() => CryptoConfig.CreateFromName("MD5")!; //!
                object L() => HashAlgorithm.Create("SHA-1"); //!
                void M(Aes aes) => aes.Mode = CipherMode.ECB; //!
                byte[] N(Aes aes, byte[] data) => aes.EncryptEcb(data, PaddingMode.PKCS7); //!
            }
            """
        );

    [Fact]
    public void Should_leave_sound_ones_and_other_things_of_the_name() =>
        _rule.ShouldFindMarked(
            """
            using System.Security.Cryptography;
            class A
            {
                enum Kind { MD5, SHA1 }
                byte[] B(byte[] data) => SHA256.HashData(data);
                Kind C() => Kind.MD5;
                string D() => nameof(MD5);
                void E(Aes aes) => aes.Mode = CipherMode.CBC;
                object F() => new HMACSHA256(new byte[16]);
                // MD5.HashData(data) was here
                string G() => "MD5.HashData(data)";
                object H() => Mine.DES.Create();
                bool I(Kind kind) => kind is Kind.SHA1;
            }
            static class Mine { public static class DES { public static object Create() => new(); } }
            """
        );
}
