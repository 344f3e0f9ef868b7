using LoopBus.Executor.Tools.Review.Rules.Security;

namespace LoopBus.Executor.Tests.Review.Rules;

public sealed class When_XML_is_read
{
    private readonly XmlRule _rule = new();

    [Fact]
    public void Should_find_document_types_and_resolvers() =>
        _rule.ShouldFindMarked(
            """
            using System.Xml;
            class A
            {
                object B() => new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse }; //!
                void C(XmlTextReader reader) => reader.DtdProcessing = System.Xml.DtdProcessing.Parse; //!
                void D(XmlReaderSettings settings) => settings.ProhibitDtd = false; //!
                void E(XmlDocument document) => document.XmlResolver = new XmlUrlResolver(); //!
                object F(XmlResolver given) => new XmlDocument { XmlResolver = given }; //!
                XmlDocument G() => new() { XmlResolver = new XmlUrlResolver() }; //!
            }
            """
        );

    [Fact]
    public void Should_leave_closed_readers() =>
        _rule.ShouldFindMarked(
            """
            using System.Xml;
            class A
            {
                object B() => new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
                void C(XmlTextReader reader) => reader.DtdProcessing = DtdProcessing.Ignore;
                void D(XmlDocument document) => document.XmlResolver = null!;
                void E(XmlDocument document) => document.XmlResolver = XmlResolver.ThrowingResolver;
                bool F(XmlReaderSettings settings) => settings.DtdProcessing == DtdProcessing.Parse;
                void G(Own own) => own.XmlResolver = new object();
            }
            class Own { public object? XmlResolver { get; set; } }
            """
        );
}
