using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Contracts.Runs;
using MassTransit;

namespace LoopBus.Hosting.Tests;

public sealed class When_exchanges_are_named
{
    [Theory]
    [InlineData(typeof(Request<ExecuteStep>), "request.execute-step")]
    [InlineData(typeof(Inform<StepResult>), "inform.step-result")]
    [InlineData(typeof(CallForProposal<ExecuteStep>), "cfp.execute-step")]
    [InlineData(typeof(AcceptProposal<RunLoop>), "accept-proposal.run-loop")]
    [InlineData(typeof(Request<string>), "request.string")]
    [InlineData(typeof(Inform<XMLHTTPDone2>), "inform.xmlhttp-done2")]
    [InlineData(typeof(RawMessage), "raw-message")]
    [InlineData(typeof(Fault<Request<ExecuteStep>>), "fault.request.execute-step")]
    [InlineData(typeof(int[]), "int32--")]
    public void Should_read_as_act_and_content(Type type, string name) => EntityNames.Of(type).ShouldBe(name);

    private sealed record XMLHTTPDone2;
}
