using System.Text.Json;

namespace LoopBus.Loops.Tests;

public sealed class When_an_action_is_named
{
    private static readonly JsonElement Arguments = JsonElement.Parse("""{ "to": "x", "amount": 9007199254740993 }""");

    [Fact]
    public void Should_hash_the_same_action_to_the_same_text()
    {
        ActionHash.Of("t", "s", "pay", Arguments).ShouldBe(ActionHash.Of("t", "s", "pay", JsonElement.Parse("""{"amount":9007199254740993,"to":"x"}""")));
        ActionHash.Of("t", "s", "pay", Arguments).ShouldBe("c4d09c6ae12942d2667c3a80a876c1e2ae135faf2214604699e56a00f4a02b8b");
    }

    [Fact]
    public void Should_hash_any_other_action_to_another_text()
    {
        string[] hashes =
        [
            ActionHash.Of("t", "s", "pay", Arguments),
            ActionHash.Of("t2", "s", "pay", Arguments),
            ActionHash.Of("t", "s2", "pay", Arguments),
            ActionHash.Of("t", "s", "pay2", Arguments),
            ActionHash.Of("t", "s", "pay", JsonElement.Parse("""{ "to": "x", "amount": 9007199254740992 }""")),
            ActionHash.Of("t\",\"s", "s", "pay", Arguments),
        ];

        hashes.ShouldBeUnique();
    }

    [Fact]
    public void Should_give_an_idempotency_key_of_the_three_names_alone()
    {
        IdempotencyKey.For("review-42", "post", "execute").ShouldBe("a99d248c23ce050d98df64fdfb9b6e7a");
    }
}
