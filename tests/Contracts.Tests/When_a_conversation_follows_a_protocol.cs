using FsCheck;
using FsCheck.Fluent;
using LoopBus.Contracts.Acts;

namespace LoopBus.Contracts.Tests;

/// <summary>Random walks of every protocol's table.</summary>
public sealed class When_a_conversation_follows_a_protocol
{
    public static TheoryData<string> Names => [.. Protocols.All.Select(protocol => protocol.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_accept_every_walk_of_its_table(string name)
    {
        var protocol = Protocols.Find(name)!;

        Prop.ForAll(Walks(protocol), walk =>
        {
            var state = ConversationState.Begin(protocol);
            foreach (var act in walk)
            {
                state.IsLegal(act.By, act.Performative).ShouldBeTrue();
                state = state.Advance(act.By, act.Performative);
            }

            protocol.Legal(walk).ShouldBe(state.Legal());
            Protocols.IsLegal(name, walk.SkipLast(1).Select(act => act.Performative), walk[^1].Performative).ShouldBeTrue();
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_refuse_whatever_its_table_lacks(string name)
    {
        var protocol = Protocols.Find(name)!;

        Prop.ForAll(Walks(protocol), walk =>
        {
            var state = walk.Aggregate(ConversationState.Begin(protocol), (at, act) => at.Advance(act.By, act.Performative));
            var legal = state.Legal();

            foreach (var act in Everything().Except(legal))
            {
                state.IsLegal(act.By, act.Performative).ShouldBeFalse();
                Should.Throw<InvalidOperationException>(() => state.Advance(act.By, act.Performative)).Message.ShouldContain(act.Performative);
                Should.Throw<InvalidOperationException>(() => protocol.Legal([.. walk, act]));
            }
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_refuse_a_walk_whose_first_act_is_missing(string name)
    {
        var protocol = Protocols.Find(name)!;

        Prop.ForAll(Walks(protocol), walk =>
        {
            if (walk.Count > 1 && !protocol.Transitions.Any(row => row.From == Protocol.Start && row.By == walk[1].By && row.Performative == walk[1].Performative))
                Should.Throw<InvalidOperationException>(() => protocol.Legal(walk.Skip(1)));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_say_nothing_after_a_not_understood(string name)
    {
        var protocol = Protocols.Find(name)!;

        Prop.ForAll(Walks(protocol), walk =>
        {
            var state = walk.Aggregate(ConversationState.Begin(protocol), (at, act) => at.Advance(act.By, act.Performative));
            if (state.Last!.Performative == Performative.NotUnderstood)
                state.Legal().ShouldBeEmpty();
            else
                state.IsLegal(Other(state.Last.By), Performative.NotUnderstood).ShouldBeTrue();
            state.IsLegal(state.Last.By, Performative.NotUnderstood).ShouldBeFalse();
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_let_the_initiator_cancel_while_it_is_open(string name)
    {
        var protocol = Protocols.Find(name)!;

        Prop.ForAll(Walks(protocol), walk =>
        {
            var state = walk.Aggregate(ConversationState.Begin(protocol), (at, act) => at.Advance(act.By, act.Performative));
            var open = !state.IsEnded && state.State != Protocol.Cancelling;

            state.IsLegal(Role.Initiator, Performative.Cancel).ShouldBe(open);
            state.IsLegal(Role.Participant, Performative.Cancel).ShouldBeFalse();
            if (open)
            {
                var cancelling = state.Advance(Role.Initiator, Performative.Cancel);
                cancelling.IsLegal(Role.Participant, Performative.Refuse).ShouldBeFalse();
                cancelling.Advance(Role.Participant, Performative.Inform).IsEnded.ShouldBeTrue();
                cancelling.Advance(Role.Participant, Performative.Failure).IsEnded.ShouldBeTrue();
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Should_refuse_to_follow_a_protocol_that_there_is_not()
    {
        Protocols.Find("fipa-nonsense").ShouldBeNull();
        Protocols.IsLegal("fipa-nonsense", [], Performative.Request).ShouldBeFalse();
    }

    private static Role Other(Role role) => role == Role.Initiator ? Role.Participant : Role.Initiator;

    private static IEnumerable<Utterance> Everything() =>
        from role in Enum.GetValues<Role>()
        from performative in Performative.All
        select new Utterance(role, performative);

    private static Arbitrary<List<Utterance>> Walks(Protocol protocol) =>
        Gen.Choose(0, 1000).ListOf(8).Select(choices =>
        {
            var state = ConversationState.Begin(protocol);
            var walk = new List<Utterance>();
            foreach (var choice in choices)
            {
                var legal = state.Legal();
                // A not-understood ends a walk: seldom, or few would go far.
                var usual = legal.Where(act => act.Performative != Performative.NotUnderstood).ToList();
                var from = usual.Count > 0 && choice % 7 != 0 ? usual : legal;
                if (from.Count == 0)
                    break;
                var act = from[choice % from.Count];
                walk.Add(act);
                state = state.Advance(act.By, act.Performative);
            }

            return walk;
        }).Where(walk => walk.Count > 0).ToArbitrary();
}
