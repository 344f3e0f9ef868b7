using LoopBus.Executor.Tools.Review.Rules.Security;

namespace LoopBus.Executor.Tests.Review.Rules;

public sealed class When_certificates_are_checked
{
    private readonly CertificateRule _rule = new();

    [Fact]
    public void Should_find_a_check_that_always_says_yes() =>
        _rule.ShouldFindMarked(
            """
            class A
            {
                void B(HttpClientHandler handler, Stream stream)
                {
                    handler.ServerCertificateCustomValidationCallback = (message, certificate, chain, errors) => true; //!
                    handler.ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator; //!
                    handler.ServerCertificateCustomValidationCallback = delegate { return true; }; //!
                    handler.ServerCertificateCustomValidationCallback += (_, _, _, _) => { Log(); return true; }; //!
                    handler.ServerCertificateCustomValidationCallback = Anyone; //!
                    ServicePointManager.ServerCertificateValidationCallback += (_, _, _, _) => true; //!
                    var options = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true }; //!
                    var ssl = new SslStream(stream, false, (_, _, _, _) => true); //!
                    var callback = new RemoteCertificateValidationCallback((_, _, _, _) => true); //!
                }
                static bool Anyone(HttpRequestMessage message, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors) => true;
            }
            """
        );

    [Fact]
    public void Should_leave_a_check_that_checks() =>
        _rule.ShouldFindMarked(
            """
            class A
            {
                void B(HttpClientHandler handler, Stream stream, Widget widget)
                {
                    handler.ServerCertificateCustomValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None;
                    handler.ServerCertificateCustomValidationCallback = (_, certificate, _, _) => { if (certificate is null) return false; return true; };
                    handler.ServerCertificateCustomValidationCallback = Known;
                    handler.ServerCertificateCustomValidationCallback = null;
                    var ssl = new SslStream(stream, false, (_, certificate, _, _) => Pinned(certificate));
                    widget.Validation = (_, _, _, _) => true;
                    var name = nameof(HttpClientHandler.DangerousAcceptAnyServerCertificateValidator);
                }
                static bool Known(HttpRequestMessage message, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors) => errors == 0;
            }
            """
        );
}
